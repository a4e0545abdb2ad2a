import type { AstroGlobal } from 'astro';
import { partsOf, type receive, receiveWith } from '../../worker/attachments/receive.ts';
import type { Attachment } from '../../worker/attachments/told.ts';
import { type Shut, ShutOut } from '../../worker/people/shut.ts';
import { readForm } from '../../worker/platform/input.ts';
import type { Operation } from '../../worker/platform/operation.ts';
import { type Issues, Refusal } from '../../worker/platform/refusal.ts';
import { type Challenge, Challenged, type Pass } from '../../worker/platform/stamp.ts';
import { sentence } from '../messages/index.ts';
import { languageOf } from './language.ts';
import { byMail } from './proof.ts';

export interface Submission<Result> {
  /** What came of it, when it went through. */
  result?: Result;
  /** What was typed, kept. */
  values: Record<string, string>;
  /** Field → what is wrong with it, in the reader's language. */
  issues: Issues;
  /** What is wrong with the whole. */
  message?: string;
  /** The files that came with it and are kept, to be sent with it the next time. */
  kept: Attachment[];
  /** Why they do not come in, who are suspended. */
  shut?: Shut | undefined;
  /** What is asked of them first. */
  challenge?: Challenge | undefined;
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
  const idle = { values: {}, issues: {}, kept: [] };
  if (astro.request.method !== 'POST') return idle;
  const form = await formOf(astro.request);
  if (action !== undefined && form['action'] !== action) return idle;
  const { once, action: _, homepage, proofStamp: stamp, proofWork: work, proofAnswer: answer, proofReview: review, proofMail: wish, proofMailed: before, proofCode: code, ...fields } = form;
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
  let kept: Attachment[] = [];
  try {
    const { all, ids, refusal } = await filesOf(astro);
    kept = all;
    if (refusal) throw refusal;
    const attachments = ids.length > 0 ? { attachments: ids } : {};
    const key = homepage ? '' : keyOf(once);
    const mailed = await byMail(astro, { form: key ?? '', stamp, email: fields['email'], wish, before, code });
    return { result: await astro.locals.portal.run(op, { ...fields, ...attachments, ...fixed }, key, { ...passOf({ stamp, work, answer, review }), ...mailed }), values, issues: {}, kept };
  } catch (error) {
    if (!(error instanceof Refusal) || ['not_found', 'signed_out', 'stale', 'unprotected'].includes(error.reason)) throw error;
    astro.response.status = error.status;
    if (error.retryAfter) astro.response.headers.set('retry-after', String(error.retryAfter));
    return { values, kept, ...saidIn(astro, error), ...(error instanceof Challenged ? { challenge: error.challenge } : {}), ...(error instanceof ShutOut ? { shut: error.shut } : {}) };
  }
}

/** A refusal in the reader's language. */
export function saidIn(astro: Pick<AstroGlobal, 'locals' | 'url'>, { issues, message }: Refusal): { issues: Issues; message: string } {
  const said = (text: string) => sentence(languageOf(astro), text);
  return { issues: Object.fromEntries(Object.entries(issues).map(([field, text]) => [field, said(text)])), message: said(message) };
}

const forms = new WeakMap<Request, Promise<FormData>>();

/** The form of a request, read once however many ask. Refused when it is none. */
function sentIn(request: Request): Promise<FormData> {
  let form = forms.get(request);
  if (!form) {
    form = request.formData().catch(() => {
      throw new Refusal('invalid', 'This form came in a shape that cannot be read. Send it again.');
    });
    forms.set(request, form);
  }
  return form;
}

/** The fields of a form, files aside. */
export async function formOf(request: Request): Promise<Record<string, unknown>> {
  const { attachments: _, files: __, ...fields } = readForm(await sentIn(request));
  return fields;
}

const received = new WeakMap<Request, ReturnType<typeof receive>>();

/** The files of a form, kept once however many ask: those that it brings, and those that were kept before and are wanted still. */
export async function filesOf({ request, locals: { portal, entrance } }: Pick<AstroGlobal, 'request' | 'locals'>): ReturnType<typeof receive> {
  if (request.method !== 'POST') return { all: [], ids: [] };
  const form = await sentIn(request);
  let files = received.get(request);
  if (!files) received.set(request, (files = receiveWith(form.getAll('macro-files').map(String), { portal, files: entrance.files, secret: entrance.secret, network: entrance.network, scanned: entrance.scanned, once: keyOf(form.get('once')) || undefined }, partsOf(form))));
  return files;
}

/** What a form brought to show that no program sent it. */
const passOf = (fields: Record<string, unknown>): Omit<Pass, 'form'> => Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));

/** The key that a form came with: none where it has no field for one, and an empty one where what is in it is no key. */
const keyOf = (once: unknown) => (typeof once !== 'string' ? undefined : /^[\w-]{8,64}$/.test(once) ? once : '');
