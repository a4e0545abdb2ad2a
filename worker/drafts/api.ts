import { z } from 'zod';
import { type Call, numberIn, requirePermission, type Route } from '../platform/api.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { ticketAtDesk } from '../tickets/queries.ts';
import { discardAnswer } from './discard-answer.ts';
import { TypedAnswer } from './input.ts';
import { draftsOfTicket } from './queries.ts';
import { saveAnswer } from './save-answer.ts';

const sides = z.enum(['public', 'internal']);
const draft = z.object({
  body: is.text, visibility: sides, status: is.text.describe('What the ticket is to become; empty where nothing is said.'), attachments: z.array(is.attachment.partial()), revision: is.count.describe('How often it was saved: send it as `draft` with the next. 0 when there is none.'), savedAt: is.moment.nullable(),
});

const NONE = { body: '', visibility: 'public', status: '', attachments: [], revision: 0, savedAt: null };

async function mine(call: Call) {
  const number = numberIn(call);
  const [ticket, drafts] = await call.portal.load(ticketAtDesk(number), draftsOfTicket(number));
  if (!ticket) throw notFound();
  requirePermission(call, 'tickets.note');
  const found = drafts.find(({ userId }) => userId === call.portal.viewer.id);
  if (!found) return NONE;
  const { userId: _, name: __, ...rest } = found;
  return rest;
}

export const draftsApi: Route[] = [
  { method: 'get', path: '/tickets/{number}/draft', summary: 'What you began to write in a ticket (staff)', response: draft, handle: mine },
  {
    method: 'put', path: '/tickets/{number}/draft', summary: 'Keep what you began to write; `draft` is the `revision` that you read, and one that was saved since is not written over (409)', body: TypedAnswer.omit({ number: true }).extend({ visibility: sides.default('public') }), example: { body: 'Hello.', visibility: 'public', draft: 0 }, response: z.object({ revision: is.count }),
    async handle(call) {
      const { visibility = 'public' } = await call.body();
      if (!sides.safeParse(visibility).success) throw invalid({ visibility: 'Choose whether the customer sees this.' });
      return call.run(saveAnswer, { number: numberIn(call) });
    },
  },
  { method: 'delete', path: '/tickets/{number}/draft', summary: 'Throw away what you began to write', response: z.object({ isGone: z.boolean() }), handle: (call) => call.portal.run(discardAnswer, { number: numberIn(call) }) },
];
