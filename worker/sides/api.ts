import { z } from 'zod';
import { type Call, numberIn, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { wholeTicket } from '../tickets/records.ts';
import { NewSide, SideWords } from './input.ts';
import { openSide } from './open.ts';
import { saidInSides, sideMembersOfTicket, sidesOfTicket } from './queries.ts';
import { writeInSide } from './write.ts';

const side = z.object({
  id: is.text, subject: is.text, createdAt: is.moment,
  members: z.array(z.object({ name: is.text, email: is.text.nullable().describe('Of somebody outside.') })),
  messages: z.array(z.object({ id: is.text, author: is.text, isOutside: z.boolean(), body: is.text, createdAt: is.moment })),
});

async function sidesOf(call: Call) {
  const number = numberIn(call);
  const [found, sides, messages, members] = await call.portal.load(wholeTicket(number), sidesOfTicket(number), saidInSides(number), sideMembersOfTicket(number));
  if (!found) throw notFound();
  requirePermission(call, 'tickets.see');
  const items = sides.map((one) => ({
    ...one,
    members: members.filter(({ sideId }) => sideId === one.id).map(({ name, email }) => ({ name, email })),
    messages: messages.filter(({ sideId }) => sideId === one.id).map(({ id, author, isOutside, body, createdAt }) => ({ id, author, isOutside, body, createdAt })),
  }));
  return { items, next: null };
}

export const sidesApi: Route[] = [
  { method: 'get', path: '/tickets/{number}/sides', summary: 'The conversations beside a ticket, which its customer never sees (staff)', response: z.object({ items: z.array(side), next: z.null() }), handle: sidesOf },
  {
    method: 'post', path: '/tickets/{number}/sides', summary: 'Begin one, with `colleagues` by their ids, everybody in a `group`, or somebody outside by `email`, who gets a letter with a link to it (staff)', body: NewSide.omit({ number: true, url: true }).extend({ colleagues: z.array(is.text).max(50).optional() }), example: { subject: 'A part', body: 'Do you have one?', email: 'someone@vendor.example' }, status: 201, response: z.object({ id: is.text, number: is.number }),
    handle: (call) => call.run(openSide, { number: numberIn(call), url: call.url }),
  },
  {
    method: 'post', path: '/tickets/{number}/sides/{id}/messages', summary: 'Write in one; those outside get a letter (staff)', body: SideWords.omit({ side: true, url: true }), status: 201, response: z.object({ id: is.text }),
    handle: (call) => call.run(writeInSide, { side: call.params['id']!, url: call.url }),
  },
];
