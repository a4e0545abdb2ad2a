import type { AstroGlobal } from 'astro';
import { sealed, unsealed } from '../../worker/platform/sealed.ts';
import { keyOfForms } from './key.ts';
import { formOf } from './submit.ts';

const purposeOf = (form: string) => `password of ${form}`;

/** The password that was typed into this form, for its hidden field: only we can read it, and only when the same form brings it back. */
export async function passwordToKeep(astro: AstroGlobal): Promise<string> {
  const { password } = await formOf(astro.request);
  const text = (typeof password === 'string' && password) || (await passwordKept(astro)).password || '';
  return sealed(astro.locals.entrance.secret, purposeOf(await keyOfForms(astro)), Buffer.from(text));
}

/** The password that a form keeps, where none is typed anew. */
export async function passwordKept({ request, locals }: AstroGlobal): Promise<{ password?: string }> {
  if (request.method !== 'POST') return {};
  const { password, kept, once } = await formOf(request).catch((): Record<string, unknown> => ({}));
  const bytes = !password && typeof kept === 'string' ? unsealed(locals.entrance.secret, purposeOf(String(once)), kept) : undefined;
  return bytes ? { password: Buffer.from(bytes).toString() } : {};
}
