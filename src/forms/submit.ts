import type { AstroGlobal } from 'astro';
import { readForm } from '../../worker/platform/input.ts';
import type { Operation } from '../../worker/platform/operation.ts';
import { type Issues, Refusal } from '../../worker/platform/refusal.ts';
import { sentence } from '../messages/index.ts';

export interface Submission<Result> {
  /** What came of it, when it went through. */
  result?: Result;
  /** What was typed, kept. */
  values: Record<string, string>;
  /** Field → what is wrong with it, in the reader's language. */
  issues: Issues;
  /** What is wrong with the whole. */
  message?: string;
}

/**
 * Runs an operation when the page was posted to. On a refusal the page renders again, filled in, with the refusal's status.
 * A page with several forms gives each an `action` field and names the one it answers.
 */
export async function submit<Input, Subject, Result>(
  astro: AstroGlobal,
  op: Operation<Input, Subject, Result>,
  fixed: Record<string, unknown> = {},
  action?: string,
): Promise<Submission<Result>> {
  const idle = { values: {}, issues: {} };
  if (astro.request.method !== 'POST') return idle;
  const form = await formOf(astro.request);
  if (action !== undefined && form['action'] !== action) return idle;
  const { once, action: _, homepage, ...fields } = form;
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
  try {
    return { result: await astro.locals.portal.run(op, { ...fields, ...fixed }, homepage ? '' : keyOf(once)), values, issues: {} };
  } catch (error) {
    if (!(error instanceof Refusal) || ['not_found', 'signed_out', 'stale', 'unprotected'].includes(error.reason)) throw error;
    astro.response.status = error.status;
    if (error.retryAfter) astro.response.headers.set('retry-after', String(error.retryAfter));
    const said = (text: string) => sentence(languageOf(astro), text);
    return { values, issues: Object.fromEntries(Object.entries(error.issues).map(([field, text]) => [field, said(text)])), message: said(error.message) };
  }
}

/** The desk has one address in every language: it speaks that of who works there. */
const languageOf = ({ locals, url }: AstroGlobal) => (/^\/(agent|csm|admin)(\/|$)/.test(url.pathname) ? locals.portal.viewer.locale : locals.locale);

const forms = new WeakMap<Request, Promise<Record<string, unknown>>>();

/** The form of a request, read once however many ask. Refused when it is none. */
export function formOf(request: Request): Promise<Record<string, unknown>> {
  let form = forms.get(request);
  if (!form) {
    form = request.formData().then(readForm, () => {
      throw new Refusal('invalid', 'This form came in a shape that cannot be read. Send it again.');
    });
    forms.set(request, form);
  }
  return form;
}

const keyOf = (once: unknown) => (typeof once === 'string' && /^[\w-]{8,64}$/.test(once) ? once : '');
