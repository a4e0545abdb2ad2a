import type { AstroGlobal } from 'astro';
import type { Attachment } from '../../worker/attachments/told.ts';
import { thankHelper } from '../../worker/deflections/thank.ts';
import { judged } from '../../worker/forms/judge.ts';
import { formsToAsk } from '../../worker/forms/queries.ts';
import { can } from '../../worker/platform/viewer.ts';
import { withMeant } from '../../worker/search/fuse.ts';
import { type Hit, MOST_OFFERED, suggestedFor } from '../../worker/search/queries.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { awaitAsGuest } from '../../worker/incidents/await-as-guest.ts';
import { awaitFix } from '../../worker/incidents/await-fix.ts';
import { type Known, knownProblems } from '../../worker/incidents/queries.ts';
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
  /** What is known to be wrong, that they may mean. */
  known: Known[];
  /** Whether something that they read solved it. */
  isSolved: boolean;
  /** Whether they wait for something to be fixed instead. */
  isAwaited: boolean;
}

/**
 * What the page for a new ticket was asked for: to send it, to be shown the questions that fit (`action` is `fit`) or those of another form (`choose`), to say what solved it (`solved`), or what
 * they wait for instead (`follow`).
 * A ticket that could be sent is first held against what is there to read, unless it was sent with `anyway`.
 */
export async function opening(astro: AstroGlobal): Promise<Opening> {
  const { request, url, locals: { locale, entrance } } = astro;
  const said = await answersSent(astro);
  const form = request.method === 'POST' ? await formOf(request) : undefined;
  const chosen = String(form ? (form['choose'] ?? form['form'] ?? '') : (url.searchParams.get('form') ?? '')).slice(0, 80);
  const idle = { said, form: chosen, suggested: [], known: [], isSolved: false, isAwaited: false };
  if (form?.['solved'] !== undefined) {
    const thanked = await submit(astro, thankHelper, { network: entrance.network });
    return { ...idle, ...refusedBy(thanked), isSolved: thanked.result !== undefined };
  }
  if (form?.['follow'] !== undefined) {
    const waits = await (astro.locals.portal.viewer.id === null ? submit(astro, awaitAsGuest, { locale, network: entrance.network, url: entrance.url }) : submit(astro, awaitFix));
    return { ...idle, ...refusedBy(waits), isAwaited: waits.result !== undefined };
  }
  if (form?.['action'] === 'fit' || form?.['choose'] !== undefined) return { ...idle, ...(await keptOf(astro, form)) };
  const read = form && form['anyway'] === undefined ? await toRead(astro, form, said, chosen) : NOTHING;
  if (read.suggested.length + read.known.length > 0) return { ...idle, ...(await keptOf(astro, form!)), ...read };
  return { ...idle, ...(await submit(astro, openTicket, { locale, network: entrance.network, fields: said })) };
}

const NOTHING: Pick<Opening, 'suggested' | 'known'> = { suggested: [], known: [] };

/** What stays of a form, but what came of it. */
const refusedBy = ({ values, issues, kept, message }: Submission<unknown>) => ({ values, issues, kept, ...(message ? { message } : {}) });

/** What is there to read for who could send this, and what is known to be wrong; nothing while it could not be sent. */
async function toRead(astro: AstroGlobal, form: Record<string, unknown>, said: Opening['said'], chosen: string): Promise<Pick<Opening, 'suggested' | 'known'>> {
  const { portal, locale } = astro.locals;
  const ticket = NewTicket.safeParse({ ...form, fields: said });
  if (!ticket.success) return NOTHING;
  const { refusal } = await filesOf(astro);
  if (refusal) return NOTHING;
  const { subject, body: text } = ticket.data;
  const ask = (words: string) => suggestedFor(words, text, locale);
  const [forms, typed, meant, known] = await portal.load(formsToAsk(chosen, said), ask(subject), spelled(subject), knownProblems(locale, { subject, text }));
  const { viewer } = portal;
  if (viewer.viewedBy || (viewer.id === null && ticket.data.email === undefined)) return NOTHING;
  const questions = forms.find((one) => one.questions !== null)?.questions ?? [];
  const { issues } = judged(questions, said, { before: {}, isStaff: can(viewer, 'tickets.change'), isOpening: true });
  if (Object.keys(issues).length > 0) return NOTHING;
  const isKnown = new Set(known.map(({ url }) => url));
  const { hits } = await withMeant(portal, { q: subject, typed, meant }, ask, MOST_OFFERED);
  return { known, suggested: hits.filter(({ url }) => !isKnown.has(url.split('#')[0]!)) };
}

/** What was typed, with the files that came with it, as nothing was asked for yet. */
export async function keptOf(astro: AstroGlobal, form: Record<string, unknown>): Promise<{ values: Record<string, string>; issues: Record<string, string>; kept: Attachment[] }> {
  const { all } = await filesOf(astro);
  return { values: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])), issues: {}, kept: all };
}
