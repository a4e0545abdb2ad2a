import { events } from '../../worker/mail/events.ts';
import { invited } from '../../worker/invitations/emails.ts';
import { letIn } from '../../worker/members/emails.ts';
import { type News, newsLetter } from '../../worker/notifications/emails.ts';
import { newDevice } from '../../worker/people/emails.ts';
import type { Letter } from '../../worker/platform/mail.ts';
import type { Locale } from '../../worker/platform/viewer.ts';
import { changedLetter, codeLetter, knownLetter, proofLetter, resetLetter, unknownLetter, verifyLetter } from '../../worker/signin/emails.ts';

/** What a preview tells of: a real ticket, or words that stand for one. */
export interface Sample {
  actor: string;
  title: string;
  text: string;
  number: string;
  /** What customers read of the ticket's status. */
  status: string;
  url: string;
}

/** The letter of an event in its own words, as it would be sent about the sample. */
export function letterOf(event: string, locale: Locale, { actor, title, text, number, status, url }: Sample): Letter {
  const to = { to: 'somebody@example.net', locale, url };
  const news = (kind: News['kind']): News => ({ kind, actor, title: kind === 'received' ? number : title, text, ...(events[`news.${kind}`]?.includes('ticket.status') ? { number, status } : { number: null, status: null }), url, files: [] });
  const addresses = { all: `${url}/notifications`, stop: `${url}/unsubscribe` };
  const reader = { email: to.to, locale };
  const letters: Record<string, () => Letter> = {
    verify: () => verifyLetter(to, 'key'), known: () => knownLetter(to), unknown: () => unknownLetter(to, 'code'), reset: () => resetLetter(to, 'key'), code: () => codeLetter(to, '123 456', 'key'), proof: () => proofLetter(to, '123456'), 'password-changed': () => changedLetter(to),
    'new-device': () => newDevice({ ...to, device: 'Firefox on Linux', place: '', at: new Date(0) }),
    invitation: () => invited({ ...to, account: actor, secret: 'key' }),
    'let-in': () => letIn({ ...to, account: actor }),
    digest: () => newsLetter(reader, [news('answered'), news('followed')], addresses),
  };
  return (letters[event] ?? (() => newsLetter(reader, [news(event.slice(5) as News['kind'])], addresses)))();
}

/** Whether there is such a letter. */
export const isLetter = (event: string) => event in events;
