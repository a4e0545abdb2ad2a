import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import { outcomes } from '../platform/input.ts';
import { Refusal } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { recoverers } from './access.ts';
import { decideSuspended } from './decide.ts';
import { SuspendedDecision } from './input.ts';
import { suspendedToDo } from './queries.ts';
import { KEPT } from './schema.ts';

const cause = z.object({ rule: z.enum(['burst', 'word', 'network', 'mail', 'site', 'url']), detail: is.text, count: is.count.optional(), minutes: is.count.optional() });
const suspended = z.object({
  id: is.text, number: is.number.describe('The number that its ticket will have.'), subject: is.text, body: is.text.describe('Its first 2,000 characters.'), email: is.text, priority: z.enum(['low', 'normal', 'high', 'urgent']), attachments: z.array(is.attachment),
  causes: z.array(cause).describe('Why it waits.'), createdAt: is.moment, removedAt: is.moment.describe('When it goes if nobody recovers it.'), version: is.count.describe('Send it with a decision.'),
});
const came = z.object({ decision: z.enum(['recover', 'trust', 'remove']), entries: z.array(z.object({ id: is.text, outcome: z.enum(outcomes), name: is.text.nullable(), number: is.number.nullable().describe('Of the ticket, where there is one now.') })) });

async function suspendedOf(call: Call) {
  const [found] = await call.portal.load(suspendedToDo(call.slice));
  requirePermission(call, 'tickets.change');
  if (!recoverers.allows(call.portal.viewer, undefined)) throw new Refusal('forbidden', 'Only people with the right permission can do this.');
  return { ...found, items: found.items.map(({ name: _, handle: __, isCut: ___, ...one }) => ({ ...one, removedAt: new Date(one.createdAt.getTime() + KEPT) })) };
}

export const suspendedApi: Route[] = [
  { method: 'get', path: '/suspended-tickets', summary: 'Tickets that wait for somebody to look at them, oldest first (who changes tickets and moderates everywhere)', list: is.cursors.byTime, response: suspended, handle: suspendedOf },
  { method: 'post', path: '/suspended-tickets/decisions', summary: 'Recover tickets that wait, trust who sent them too, or remove them; up to fifty, each at its version (who changes tickets and moderates everywhere)', body: SuspendedDecision, response: came, handle: ({ run }) => run(decideSuspended) },
];
