import { events } from '../../worker/mail/events.ts';
import { invited } from '../../worker/invitations/emails.ts';
import { letIn } from '../../worker/members/emails.ts';
import { type News, newsLetter } from '../../worker/notifications/emails.ts';
import { newDevice } from '../../worker/people/emails.ts';
import type { Letter } from '../../worker/platform/mail.ts';
import type { Written } from '../../worker/platform/said.ts';
import type { Locale } from '../../worker/platform/viewer.ts';
import { sideLetter } from '../../worker/sides/emails.ts';
import { changedLetter, codeLetter, knownLetter, linksLetter, noLinksLetter, ownTicketsLetter, proofLetter, resetLetter, unknownLetter, verifyLetter } from '../../worker/signin/emails.ts';
import { ratingLetter } from '../../worker/surveys/emails.ts';
import { path } from '../messages/index.ts';

/** What a preview tells of: a real ticket, or words that stand for one. */
export interface Sample {
  actor: string;
  title: string;
  text: Written;
  number: string;
  /** What customers read of the ticket's status. */
  status: string;
  /** Public address of the workspace. */
  url: string;
}

/** Letters of a ticket that staff read, at the desk. */
const AT_DESK = ['asked', 'noted', 'aside', 'assigned', 'woken', 'for_group', 'rated'];

/** News that tell what was said; the others only that something happened. */
const SPEAKING = ['mentioned', 'replied', 'topic', 'advised', 'answered', 'asked', 'noted', 'followed', 'opened', 'assigned', 'for_group'];

/** Where news of a ticket leads, as a letter of it says. */
function placeOf(kind: string, locale: Locale, { url, number }: Sample): string {
  if (!events[`news.${kind}`]?.includes('ticket.status')) return url + path(locale, '/notifications');
  return url + path(locale, AT_DESK.includes(kind) ? `/agent/tickets/${number}${kind === 'aside' ? '/side' : ''}` : `/tickets/${number}`);
}

/** Whose words a letter of a ticket tells, so that those are looked for in it; of the others whatever was said last that all may read. */
const toldIn: Record<string, 'team' | 'customer' | 'note'> = { 'news.answered': 'team', 'news.opened': 'team', 'news.asked': 'customer', 'news.noted': 'note' };

interface Told {
  visibility: 'public' | 'internal';
  author: { name: string; role: string };
}

/** The last message of a ticket that a letter of this event would tell; with whose is missing when there is none. */
export function lastTold<Message extends Told>(event: string, messages: Message[]): { last?: Message | undefined; missing?: 'team' | 'customer' | 'note' } {
  const whose = toldIn[event];
  const isOfTeam = ({ author }: Message) => author.role !== 'customer' && author.role !== 'moderator';
  const last = messages.findLast((message) => (whose === 'note' ? message.visibility === 'internal' : message.visibility === 'public' && (!whose || isOfTeam(message) === (whose === 'team'))));
  return last || !whose ? { last } : { missing: whose };
}

/** Whether a letter tells anything of a ticket. */
export const tellsOfTicket = (event: string) => events[event]?.some((place) => ['title', 'list', 'text'].includes(place)) ?? false;

/** The letter of an event in its own words, as it would be sent about the sample. */
export function letterOf(event: string, locale: Locale, sample: Sample): Letter {
  const { actor, title, text, number, status, url } = sample;
  const to = { to: 'somebody@example.net', locale, url };
  const news = (kind: News['kind'], more: Partial<News> = {}): News => ({ kind, actor, title: kind === 'received' ? number : title, text: SPEAKING.includes(kind) ? text : null, ...(events[`news.${kind}`]?.includes('ticket.status') ? { number, status } : { number: null, status: null }), url: placeOf(kind, locale, sample), files: [], ...more });
  const addresses = { all: url + path(locale, '/notifications'), stop: url + path(locale, '/unsubscribe'), site: url };
  const reader = { email: to.to, locale };
  const rating = (isAgain: boolean) => ratingLetter({ ...reader, number: Number(number), subject: title, scale: 5, url: `${url}${path(locale, `/tickets/${number}/rating`)}?key=key`, stop: addresses.stop }, isAgain);
  const letters: Record<string, () => Letter> = {
    verify: () => verifyLetter(to, 'key'), known: () => knownLetter(to), unknown: () => unknownLetter(to, 'code'), reset: () => resetLetter(to, 'key'), code: () => codeLetter(to, '123 456', 'key'), proof: () => proofLetter(to, '123456'), 'password-changed': () => changedLetter(to),
    'new-device': () => newDevice({ ...to, device: 'Firefox on Linux', place: '', at: new Date(0) }),
    invitation: () => invited({ ...to, account: actor, secret: 'key' }),
    'let-in': () => letIn({ ...to, account: actor }),
    // Of the key of no ticket: the link of a real one is for its reader alone.
    links: () => linksLetter(to, 'a preview', [{ number: Number(number), round: 0, subject: title }]), 'links-none': () => noLinksLetter(to), 'links-own': () => ownTicketsLetter(to),
    rating: () => rating(false), 'rating-again': () => rating(true),
    side: () => sideLetter({ member: { ...reader, name: 'Vera' }, who: actor, subject: title, text, url: `${url}${path(locale, '/side')}?key=key`, headers: {} }),
    digest: () => newsLetter(reader, [news('answered'), news('replied')], addresses),
  };
  return (letters[event] ?? (() => newsLetter(reader, [news(event.slice(5) as News['kind'])], addresses)))();
}

/** Whether there is such a letter. */
export const isLetter = (event: string) => event in events;
