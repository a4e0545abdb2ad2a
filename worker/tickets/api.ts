import { type Call, numberIn, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import { changeTicket } from './change.ts';
import { NewReply, NewTicket, TicketChange } from './input.ts';
import { openTicket } from './open.ts';
import { historyOfTicket } from './queries.ts';
import { messagesPage, ticketsPage, wholeTicket } from './records.ts';
import { replyToTicket } from './reply.ts';

/** The ticket of a call, or not found. */
async function ticketOf(call: Call) {
  const [ticket] = await call.portal.load(wholeTicket(numberIn(call)));
  if (!ticket) throw notFound();
  return ticket;
}

export const ticketsApi: Route[] = [
  { method: 'get', path: '/tickets', summary: 'Tickets you may see, newest first', list: true, query: { status: 'new, open, pending, on_hold, solved or closed.' }, handle: async ({ portal, slice, query }) => (await portal.load(ticketsPage(slice, query['status'])))[0] },
  { method: 'post', path: '/tickets', summary: 'Open a ticket', body: NewTicket, status: 201, handle: ({ run }) => run(openTicket) },
  { method: 'get', path: '/tickets/{number}', summary: 'A ticket', handle: ticketOf },
  {
    method: 'patch', path: '/tickets/{number}', summary: 'Change status, priority, assignee or tags (staff)', body: TicketChange.omit({ number: true }),
    handle: async (call) => {
      await call.run(changeTicket, { number: numberIn(call) });
      return ticketOf(call);
    },
  },
  {
    method: 'get', path: '/tickets/{number}/messages', summary: 'The messages of a ticket, oldest first; notes are for staff', list: true,
    handle: async (call) => {
      const number = numberIn(call);
      const [ticket, messages] = await call.portal.load(wholeTicket(number), messagesPage(call.slice, number));
      if (!ticket) throw notFound();
      return messages;
    },
  },
  { method: 'post', path: '/tickets/{number}/messages', summary: 'Write a reply, or a note (staff)', body: NewReply.omit({ number: true }), status: 201, handle: (call) => call.run(replyToTicket, { number: numberIn(call) }) },
  {
    method: 'get', path: '/tickets/{number}/history', summary: 'What happened to a ticket (staff)',
    handle: async (call) => {
      const number = numberIn(call);
      const [ticket, items] = await call.portal.load(wholeTicket(number), historyOfTicket(number));
      if (!ticket) throw notFound();
      return { items, next: null };
    },
  },
];
