import type { AstroGlobal } from 'astro';
import type { Beside } from '../../worker/beside/queries.ts';
import { discardAnswer } from '../../worker/drafts/discard-answer.ts';
import { saveAnswer } from '../../worker/drafts/save-answer.ts';
import { fillTicket } from '../../worker/forms/fill.ts';
import { firstName } from '../../worker/macros/placeholders.ts';
import { type Preset, presetBy } from '../../worker/macros/preset.ts';
import { Refusal } from '../../worker/platform/refusal.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import type { OwnStatus } from '../../worker/statuses/access.ts';
import { statusSaid } from '../../worker/statuses/words.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { sendHeld } from '../../worker/tickets/send.ts';
import { snoozeTicket } from '../../worker/tickets/snooze.ts';
import { uncopyOnTicket } from '../../worker/tickets/uncopy.ts';
import { undoReply } from '../../worker/tickets/undo.ts';
import { wakeTicket } from '../../worker/tickets/wake.ts';
import { watchTicket } from '../../worker/tickets/watch.ts';
import { type Locale, path, t } from '../messages/index.ts';
import { act, acted } from './acts.ts';
import { answersSent } from './answers.ts';
import { formOf, type Submission } from './submit.ts';

/** Milliseconds after which a look at a ticket is noted anew. */
const AGAIN = 30_000;

/** Does what a form of the agent's page of ticket `number` asked for. */
export const actedOnTicket = async (astro: AstroGlobal, number: number) =>
  acted(astro, [
    act('reply', replyToTicket, { number }), act('take', changeTicket, { number }), act('change', changeTicket, { number }), act('draft', saveAnswer, { number }), act('pick', saveAnswer, { number }), act('bring', saveAnswer, { number }), act('discard', discardAnswer, { number }),
    act('undo', undoReply, { number }), act('send', sendHeld, { number }), act('snooze', snoozeTicket, { number }), act('wake', wakeTicket, { number }), act('requester', changeRequester, { number }), act('copy', copyOnTicket, { number }), act('uncopy', uncopyOnTicket, { number }),
    act('watch', watchTicket, { number }), act('fill', fillTicket, { number, fields: await answersSent(astro) }),
  ]);

/** What a page says was saved, since it looks as before. */
const SAVED = ['change', 'fill', 'requester'];

/** Where the page shows what came of an act: what stays of its address, and the part of it. What was chosen for the text is put into it at the next look. */
export async function placeAfter({ request, url }: AstroGlobal, { done, result }: { done: string; result: unknown }, view: string | undefined): Promise<string> {
  const macro = done === 'pick' ? (await formOf(request))['pick'] : done === 'bring' ? url.searchParams.get('macro') : '';
  const link = done === 'bring' ? url.searchParams.get('link') : '';
  const saved = SAVED.includes(done) ? '1' : '';
  const query = new URLSearchParams(Object.entries({ view, macro, link, saved }).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])));
  return `${query.size > 0 ? `?${query}` : ''}${partAfter(done, result)}`;
}

function partAfter(done: string, result: unknown): string {
  if (done === 'reply' || done === 'send') return `#${(result as { id: string }).id}`;
  // Without a part of its own the page would be shown at that of the address before.
  if (SAVED.includes(done)) return '#content';
  return done === 'pick' || done === 'bring' ? '#composer' : done === 'undo' || done === 'draft' ? '#body' : '';
}

/** A text with more at its end, each a paragraph; what it says already is not said again. */
export const joined = (text: string | undefined, ...more: (string | undefined)[]) => more.reduce((all: string, part) => (!part || all.includes(part.trim()) ? all : all ? `${all}\n\n${part}` : part), text ?? '');

/** Number of the newest message that the writer of a refused answer had seen; without one, beyond every message. */
export function seenBefore(reply: Submission<unknown> | undefined): number {
  const seen = reply?.message ? reply.values['seen'] : undefined;
  return seen && /^\d{1,15}$/.test(seen) ? Number(seen) : Number.POSITIVE_INFINITY;
}

interface Ticket {
  number: number;
  subject: string;
  tags: string[];
  status: OwnStatus['category'];
  statusId: string | null;
  ownStatuses: OwnStatus[];
  requester: { name: string; locale: 'en' | 'el' };
  account: { name: string } | null;
}

/** What a chosen macro puts into the forms of a ticket. */
export function presetOf(macro: Parameters<typeof presetBy>[0] | undefined, ticket: Ticket, viewer: Viewer): Preset | undefined {
  const { name } = ticket.requester;
  return macro && presetBy(macro, ticket, { 'requester.name': name, 'requester.first_name': firstName(name), 'ticket.number': String(ticket.number), 'ticket.subject': ticket.subject, 'ticket.status': statusAfter(macro.actions, ticket), 'agent.name': viewer.name, 'account.name': ticket.account?.name ?? '' });
}

/** What customers read of the status that a ticket has after a macro. */
function statusAfter({ status = '' }: { status?: string | undefined }, ticket: Ticket): string {
  const own = ticket.ownStatuses.find(({ id }) => id === (status || ticket.statusId));
  return statusSaid(ticket.requester.locale, own?.category ?? ((status || ticket.status) as Ticket['status']), own?.customer);
}

/** What is put into an answer of something beside the ticket: a link to it, in the language of who reads it. */
export function linkTo(beside: Beside[], at: string | null, url: string, locale: Locale): string | undefined {
  const chosen = beside.find((one) => one.at === at && (one.kind === 'article' || one.kind === 'topic'));
  return chosen && `[${chosen.title.replace(/[[\]\\]/g, '\\$&')}](${url}${path(locale, chosen.at)})`;
}

type Happening = { type: string; data: Record<string, unknown>; names: Record<string, string>; actorName: string | null };

/** `Opened by Agnes Holm for Chris Doyle`, of a ticket that staff opened for somebody; `names` are by id. */
export function openedBy(locale: Locale, history: Happening[], names: Map<string, string>): string | undefined {
  const { agent, joins } = t(locale);
  const opening = history.find(({ type, data }) => type === 'ticket.opened' && data['for']);
  const whom = String(opening?.data['for']);
  return opening && agent.openedBy(opening.actorName ?? agent.someone, opening.names[whom] ?? names.get(whom) ?? joins.gone);
}

interface Looked {
  id: string;
  number: number;
  /** When the viewer last did, in milliseconds since 1970. */
  seenAt: number | null;
  held: { id: string; authorId: string; releaseAt: Date }[];
}

/** What follows from looking at the page, once it is answered: colleagues see who is here, and held answers go when their time is over, should the clock not be sooner. */
export function lookedAt({ locals }: AstroGlobal, portal: Portal, { id, number, seenAt, held }: Looked): void {
  const me = portal.viewer.id!;
  if (Date.now() - (seenAt ?? 0) > AGAIN) locals.entrance.visits.looked(id, me);
  for (const one of held.filter(({ authorId }) => authorId === me)) locals.afterwards(() => sentLater(portal, number, one));
}

async function sentLater(portal: Portal, number: number, { id, releaseAt }: Looked['held'][number]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, releaseAt.getTime() - Date.now())));
  await portal.run(sendHeld, { number, id }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}
