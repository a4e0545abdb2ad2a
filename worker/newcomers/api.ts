import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import { Refusal } from '../platform/refusal.ts';
import { outcomes } from '../platform/input.ts';
import * as is from '../platform/shapes.ts';
import { everywhereModerators } from '../trust/access.ts';
import { decideNewcomers } from './decide.ts';
import { NewcomersDecision } from './input.ts';
import { newcomersToDo } from './queries.ts';
import { signs } from './schema.ts';

/** As many as are told at once. */
const MOST = 100;

const newcomer = z.object({
  id: is.text, name: is.text, handle: is.text, email: is.text.nullable().describe('For who silences or suspends people.'), signs: z.array(z.object({ sign: z.enum(signs), detail: is.text })).describe('Why they are looked at.'), openedAt: is.moment,
  claimedBy: is.text.nullable().describe('Who took it, by id.'), waiting: is.count.describe('How much of theirs waits for a moderator.'), version: is.count.describe('Send it with a decision.'),
});
const came = z.object({ decision: z.enum(['approve', 'reject']), entries: z.array(z.object({ id: is.text, outcome: z.enum(outcomes), name: is.text.nullable() })) });

async function newcomersOf(call: Call) {
  const [items] = await call.portal.load(newcomersToDo(MOST));
  requirePermission(call, 'forum.moderate');
  if (!everywhereModerators.allows(call.portal.viewer, undefined)) throw new Refusal('forbidden', 'Only people with the right permission can do this.');
  return { items: items.map(({ claimer: _, ...one }) => one), next: null };
}

export const newcomersApi: Route[] = [
  { method: 'get', path: '/newcomers', summary: 'New people to look at before they are listed, oldest first (who moderates everywhere)', list: z.never(), response: newcomer, handle: newcomersOf },
  { method: 'post', path: '/newcomers/decisions', summary: 'List new people, or reject them; up to fifty, each at its version (who moderates everywhere)', body: NewcomersDecision, response: came, handle: ({ run }) => run(decideNewcomers) },
];
