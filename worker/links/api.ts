import { z } from 'zod';
import { type Call, numberIn, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { statuses } from '../tickets/schema.ts';
import { wholeTicket } from '../tickets/records.ts';
import { answerIncidents } from './answer-once.ts';
import { AnswerOnce, Linking, Tracking } from './input.ts';
import { linksOfTicket, trackersOfTicket } from './queries.ts';
import { linkKinds } from './schema.ts';
import { linkTickets } from './link.ts';
import { trackTicket, untrackTicket } from './track.ts';
import { unlinkTickets } from './unlink.ts';

const link = z.object({ kind: z.enum(linkKinds), isOut: z.boolean().describe('Whether this ticket is the first of the two: the parent, the problem, what blocks, the duplicate, the newer one.'), number: is.number, subject: is.text, status: z.enum(statuses), isOpen: z.boolean() });
const tracker = z.object({ reference: is.text, url: is.text.nullable(), others: is.count.describe('How many other tickets have the same.') });
const done = z.object({ number: is.number });

async function linked(call: Call) {
  const number = numberIn(call);
  const [found, links, trackers] = await call.portal.load(wholeTicket(number), linksOfTicket(number), trackersOfTicket(number));
  if (!found) throw notFound();
  requirePermission(call, 'tickets.see');
  return { items: links, next: null, trackers };
}

export const linksApi: Route[] = [
  { method: 'get', path: '/tickets/{number}/links', summary: 'What a ticket has to do with others, and what engineers keep elsewhere of it (staff)', response: z.object({ items: z.array(link), next: z.null(), trackers: z.array(tracker) }), handle: linked },
  { method: 'post', path: '/tickets/{number}/links', summary: 'Say what another ticket is to it (staff)', body: Linking.omit({ number: true }), status: 201, response: done, handle: (call) => call.run(linkTickets, { number: numberIn(call) }) },
  {
    method: 'delete', path: '/tickets/{number}/links/{kind}/{other}', summary: 'Take a link to another ticket away (staff)', response: done,
    handle: (call) => call.portal.run(unlinkTickets, { number: numberIn(call), kind: call.params['kind']!, other: call.params['other'] }),
  },
  { method: 'post', path: '/tickets/{number}/trackers', summary: 'Name what engineers keep elsewhere of it (staff)', body: Tracking.omit({ number: true }), status: 201, response: done, handle: (call) => call.run(trackTicket, { number: numberIn(call) }) },
  {
    method: 'delete', path: '/tickets/{number}/trackers/{reference}', summary: 'Name it no longer (staff)', response: done,
    handle: (call) => call.portal.run(untrackTicket, { number: numberIn(call), reference: call.params['reference']! }),
  },
  { method: 'post', path: '/tickets/{number}/incidents/answers', summary: 'Answer all open incidents of a problem at once, and solve them if said so (staff). Placeholders are filled in for each; with look nothing is sent, and first is what the first of them would get; with hold it waits as long as an answer can be taken back', body: AnswerOnce.omit({ number: true }), status: 201, response: z.object({ number: is.number, answered: is.count, first: z.object({ number: is.number, name: is.text, locale: is.locale, text: is.text }).nullable() }), handle: (call) => call.run(answerIncidents, { number: numberIn(call) }) },
];
