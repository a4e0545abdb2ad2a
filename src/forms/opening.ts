import type { AstroGlobal } from 'astro';
import type { Attachment } from '../../worker/attachments/told.ts';
import { thankHelper } from '../../worker/deflections/thank.ts';
import { judged } from '../../worker/forms/judge.ts';
import { formsToAsk } from '../../worker/forms/queries.ts';
import { can } from '../../worker/platform/viewer.ts';
import { type Hit, suggestedFor } from '../../worker/search/queries.ts';
import { NewTicket } from '../../worker/tickets/input.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { answersSent } from './answers.ts';
import { filesOf, formOf, submit, type Submission } from './submit.ts';

/** A ticket that is about to be sent: what was typed, and what came of sending it. */
export interface Opening extends Submission<{ id: string; number: number }> {
  said: Awaited<ReturnType<typeof answersSent>>;
  /** Id of the form that is meant, or nothing. */
  form: string;
  /** What to read before it is sent. */
  suggested: Hit[];
  /** Whether something that they read solved it. */
  isSolved: boolean;
}

/**
 * What the page for a new ticket was asked for: to send it, to be shown the questions that fit (`action` is `fit`), or to say what solved it (`solved`).
 * A ticket that could be sent is first held against what is there to read, unless it was sent with `anyway`.
 */
export async function opening(astro: AstroGlobal): Promise<Opening> {
  const { request, url, locals: { locale, entrance } } = astro;
  const said = await answersSent(astro);
  const form = request.method === 'POST' ? await formOf(request) : undefined;
  const chosen = String(form ? (form['form'] ?? '') : (url.searchParams.get('form') ?? '')).slice(0, 80);
  const idle = { said, form: chosen, suggested: [], isSolved: false };
  if (form?.['solved'] !== undefined) {
    const thanked = await submit(astro, thankHelper, { network: entrance.network });
    return { ...idle, values: thanked.values, issues: thanked.issues, kept: thanked.kept, ...(thanked.message ? { message: thanked.message } : {}), isSolved: thanked.result !== undefined };
  }
  if (form?.['action'] === 'fit') return { ...idle, ...(await keptOf(astro, form)) };
  const suggested = form && form['anyway'] === undefined ? await toRead(astro, form, said, chosen) : [];
  if (suggested.length > 0) return { ...idle, ...(await keptOf(astro, form!)), suggested };
  return { ...idle, ...(await submit(astro, openTicket, { locale, network: entrance.network, fields: said })) };
}

/** What is there to read for who could send this; nothing while it could not be sent. */
async function toRead(astro: AstroGlobal, form: Record<string, unknown>, said: Opening['said'], chosen: string): Promise<Hit[]> {
  const { portal, locale } = astro.locals;
  const ticket = NewTicket.safeParse({ ...form, fields: said });
  if (!ticket.success) return [];
  const { refusal } = await filesOf(astro);
  if (refusal) return [];
  const [forms, suggested] = await portal.load(formsToAsk(chosen, said), suggestedFor(ticket.data.subject, ticket.data.body, locale));
  const { viewer } = portal;
  if (viewer.viewedBy || (viewer.id === null && ticket.data.email === undefined)) return [];
  const questions = forms.find((one) => one.questions !== null)?.questions ?? [];
  const { issues } = judged(questions, said, { before: {}, isStaff: can(viewer, 'tickets.change'), isOpening: true });
  return Object.keys(issues).length > 0 ? [] : suggested;
}

/** What was typed, with the files that came with it, as nothing was asked for yet. */
async function keptOf(astro: AstroGlobal, form: Record<string, unknown>): Promise<{ values: Record<string, string>; issues: Record<string, string>; kept: Attachment[] }> {
  const { all } = await filesOf(astro);
  return { values: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])), issues: {}, kept: all };
}
