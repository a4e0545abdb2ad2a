import type { AstroGlobal } from 'astro';
import { drawnAt, formKey } from '../../worker/platform/form-time.ts';
import { formOf } from './submit.ts';

/** The one key of all forms of this page; it tells when they were drawn first, however often they come back. */
export async function keyOfForms({ locals, request }: Pick<AstroGlobal, 'locals' | 'request'>): Promise<string> {
  const { secret } = locals.entrance;
  const { once } = request.method === 'POST' ? await formOf(request).catch((): Record<string, unknown> => ({})) : {};
  return (locals.formKey ??= formKey(secret, drawnAt(secret, String(once)) ?? Date.now()));
}
