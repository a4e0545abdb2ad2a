import { filledIn, firstName } from '../macros/access.ts';
import { statusSaid } from '../statuses/access.ts';
import type { Incident } from './queries.ts';

/** One answer to many incidents, as it goes to one of them. */
export const textTo = (body: string, to: Incident, status: 'solved' | 'pending', agent: string): string =>
  filledIn(body, {
    'requester.name': to.name, 'requester.first_name': firstName(to.name), 'ticket.number': String(to.number), 'ticket.subject': to.subject,
    'ticket.status': statusSaid(to.locale, status, null), 'agent.name': agent, 'account.name': to.account ?? '',
  });
