import { z } from 'zod';
import { fillTicket } from '../forms/fill.ts';
import { Filling } from '../forms/input.ts';
import { historyPage } from '../history/queries.ts';
import { mergeTickets } from '../joins/merge.ts';
import { splitTicket } from '../joins/split.ts';
import { unmergeTicket } from '../joins/unmerge.ts';
import { MergeBody, Splitting, Unmerging } from '../joins/input.ts';
import { type Call, numberIn, requirePerson, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import { can } from '../platform/viewer.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { changeRequester } from './change-requester.ts';
import { changeTicket } from './change.ts';
import { closeTicket } from './close.ts';
import { copyOnTicket } from './copy.ts';
import { answered, Copied, HeldToSend, InternalTicket, NewReply, NewRequester, NewTicket, priorities, Snooze, statuses, TicketChange, TicketFor, Watching } from './input.ts';
import { openInternalTicket } from './open-internal.ts';
import { openTicketFor } from './open-for.ts';
import { openTicket } from './open.ts';
import { messagesPage, ticketsPage, wholeTicket } from './records.ts';
import { replyToTicket } from './reply.ts';
import { reopenTicket } from './reopen.ts';
import { heldInTicket, peopleOfTicket } from './screen.ts';
import { sendHeld } from './send.ts';
import { snoozeTicket } from './snooze.ts';
import { uncopyOnTicket } from './uncopy.ts';
import { undoReply } from './undo.ts';
import { wakeTicket } from './wake.ts';
import { watchTicket } from './watch.ts';

const both = z.object({ en: is.text, el: is.text });
const ticket = z.object({
  id: is.text, number: is.number, subject: is.text, status: z.enum(statuses), ownStatus: z.object({ id: is.text, customer: both, agent: both.optional().describe('For staff.') }).nullable().describe('Its status in the workspace’s own words.'), priority: z.enum(priorities), tags: z.array(is.text), assigneeId: is.text.nullable(), groupId: is.text.nullable(), accountId: is.text.nullable(), form: is.text.nullable(), fields: z.record(z.string(), z.union([is.text, is.number, z.boolean(), z.array(is.text), z.object({ id: is.text, name: is.text })])).describe('What its form was answered, by the keys of the questions, as far as you may see it. People and accounts come with id and name; give the id to set them.'), requester: is.person,
  createdAt: is.moment, updatedAt: is.moment, solvedAt: is.moment.nullable(), importId: is.importId,
});
const message = z.object({ id: is.text, number: is.number.describe('Within its ticket, as they came: for customers counted without notes.'), visibility: z.enum(['public', 'internal']), body: is.text, createdAt: is.moment, attachments: z.array(is.attachment), importId: is.importId, author: is.author });
const entry = z.object({
  id: is.text, type: is.text, ticket: is.number.describe('Of those that are part of it, which.'), other: is.number.nullable().describe('The ticket that `data.ticketId` names.'), data: z.record(z.string(), z.unknown()), topic: z.object({ number: is.number, slug: is.text, title: is.text }).nullable().describe('The topic that `data.topic` names, if you may see it.'), names: z.record(z.string(), is.text).describe('Names of the people, accounts, groups, statuses and forms in `data`, by id.'), createdAt: is.moment, actorId: is.text.nullable(), actorName: is.text.nullable(), actorHandle: is.text.nullable(),
  tokenId: is.text.nullable(), tokenName: is.text.nullable(),
});

const held = z.object({ id: is.text.describe('The id that the message will have.'), authorId: is.text, authorName: is.text, body: is.text, visibility: z.enum(['public', 'internal']), status: z.enum(answered).describe('What an answer leaves the ticket in; it says nothing of a note.'), releaseAt: is.moment, crossed: is.text.nullable().describe('Who wrote meanwhile, so that an answer would cross their words: then it is not sent, and becomes a draft again.') });
const written = z.object({ id: is.text, number: is.number.describe('Of the ticket.') });
const done = z.object({ number: is.number });
const onIt = z.object({ id: is.text, role: z.enum(['cc', 'watcher']), address: is.text.nullable(), name: is.text.optional().describe('For staff.'), handle: is.text.optional().describe('For staff.') });

/** What staff say of a ticket that they open for a customer, beside what everybody says. */
const opensFor = TicketFor.pick({ requester: true, name: true, visibility: true, assignee: true, group: true, tags: true }).partial();

/** What those who ask say of a ticket by its status, as the buttons of its page do. */
const SAID = { solved: closeTicket, open: reopenTicket } as const;

/** Changes a ticket: staff as they may, those who ask it by the status alone. */
async function changed({ portal }: Call, number: number, change: Record<string, unknown>) {
  const { status, ...more } = change;
  const said = (status === 'solved' || status === 'open') && Object.keys(more).length === 0 ? SAID[status] : undefined;
  if (said) await portal.load();
  return said && !can(portal.viewer, 'tickets.change') ? portal.run(said, { number }) : portal.run(changeTicket, { ...change, number });
}

/** The ticket of a call, or not found. */
async function ticketOf(call: Call) {
  const [found] = await call.portal.load(wholeTicket(numberIn(call)));
  if (!found) throw notFound();
  return found;
}

export const ticketsApi: Route[] = [
  {
    method: 'get', path: '/tickets', summary: 'Tickets you may see, newest first', list: is.cursors.byNumber, response: ticket, query: { status: oneOf(statuses), q: 'Words of their subjects and public messages, or a number; staff get the newest thousand with them.' },
    async handle(call) {
      const [tickets] = await call.portal.load(ticketsPage(call.slice, call.query['status'], call.query['q']));
      requirePerson(call);
      return tickets;
    },
  },
  {
    method: 'post', path: '/tickets', summary: 'Open a ticket; without a token, with the `email` of who asks; staff open it for a customer, by their address as `requester`', body: NewTicket.omit({ network: true }).extend(opensFor.shape), status: 201, response: ticket.pick({ id: true, number: true }),
    handle: async (call) => ((await call.body())['requester'] ? call.run(openTicketFor) : call.run(openTicket, { network: call.network })),
  },
  { method: 'get', path: '/tickets/{number}', summary: 'A ticket', response: ticket, handle: ticketOf },
  {
    method: 'patch', path: '/tickets/{number}', summary: 'Answer its form’s questions, say that it is solved or open again, or (staff) change its form, subject, status, priority, assignee, group or tags', body: TicketChange.extend(Filling.shape).omit({ number: true }), response: ticket,
    async handle(call) {
      const number = numberIn(call);
      const { form, fields, revision, ...change } = await call.body();
      const isFilled = form !== undefined || fields !== undefined;
      if (isFilled) await call.portal.run(fillTicket, { number, form, fields, revision });
      if (!isFilled || Object.keys(change).length > 0) await changed(call, number, { ...change, ...(isFilled || revision === undefined ? {} : { revision }) });
      return ticketOf(call);
    },
  },
  {
    method: 'get', path: '/tickets/{number}/messages', summary: 'The messages of a ticket, oldest first; notes are for staff', list: is.cursors.inTime, response: message,
    async handle(call) {
      const number = numberIn(call);
      const [found, messages] = await call.portal.load(wholeTicket(number), messagesPage(call.slice, number));
      if (!found) throw notFound();
      return messages;
    },
  },
  {
    method: 'post', path: '/tickets/{number}/messages', summary: 'Write a reply, or a note (staff); it is there at once', body: NewReply.omit({ number: true, hold: true }), status: 201, response: z.object({ id: is.text, number: is.number }),
    async handle(call) {
      const { id, number } = await call.run(replyToTicket, { number: numberIn(call), hold: false });
      return { id, number };
    },
  },
  {
    method: 'get', path: '/tickets/{number}/held', summary: 'Answers and notes that can still be taken back, the next to go first (staff)', response: z.object({ items: z.array(held), next: z.null() }),
    async handle(call) {
      const number = numberIn(call);
      const [found, items] = await call.portal.load(wholeTicket(number), heldInTicket(number));
      if (!found) throw notFound();
      requirePermission(call, 'tickets.see');
      return { items, next: null };
    },
  },
  { method: 'delete', path: '/tickets/{number}/held/{id}', summary: 'Take back what you wrote, with what it changed of the ticket: it is your draft again', response: written, handle: (call) => call.portal.run(undoReply, { number: numberIn(call), id: call.params['id']! }) },
  { method: 'post', path: '/tickets/{number}/held/{id}/send', summary: 'Send what you wrote now; with `seen`, the number of the newest message that you read, even where somebody wrote meanwhile', body: HeldToSend.pick({ seen: true }), response: written, handle: (call) => call.run(sendHeld, { number: numberIn(call), id: call.params['id']! }) },
  { method: 'post', path: '/internal-tickets', summary: 'Open a ticket among staff, for a `group` if you like, which no customer ever sees', body: InternalTicket, status: 201, response: ticket.pick({ id: true, number: true }), handle: (call) => call.run(openInternalTicket) },
  {
    method: 'get', path: '/tickets/{number}/people', summary: 'Who is copied on it, and (staff) who watches it', response: z.object({ items: z.array(onIt), next: z.null() }),
    async handle(call) {
      const number = numberIn(call);
      const [found, people] = await call.portal.load(wholeTicket(number), peopleOfTicket(number));
      if (!found) throw notFound();
      const isDesk = can(call.portal.viewer, 'tickets.see');
      return { items: people.filter(({ role }) => isDesk || role === 'cc').map(({ id, role, address, name, handle }) => ({ id, role, address, ...(isDesk ? { name, handle } : {}) })), next: null };
    },
  },
  { method: 'post', path: '/tickets/{number}/people', summary: 'Copy somebody on it, by address', body: Copied.omit({ number: true }), status: 201, response: done, handle: (call) => call.run(copyOnTicket, { number: numberIn(call) }) },
  { method: 'delete', path: '/tickets/{number}/people/{id}', summary: 'Copy them no more', response: z.object({ number: is.number, isSelf: z.boolean() }), handle: (call) => call.portal.run(uncopyOnTicket, { number: numberIn(call), person: call.params['id']! }) },
  {
    method: 'post', path: '/tickets/{number}/requester', summary: 'Say who asks it from now on, by address (staff): who asked it before sees it no more, unless with `keep`', body: NewRequester.omit({ number: true }), response: ticket,
    async handle(call) {
      await call.run(changeRequester, { number: numberIn(call) });
      return ticketOf(call);
    },
  },
  { method: 'put', path: '/tickets/{number}/watching', summary: 'Hear of everything in it, or not any more (staff)', body: Watching.omit({ number: true }), response: z.object({ watching: z.boolean() }), handle: (call) => call.run(watchTicket, { number: numberIn(call) }) },
  { method: 'put', path: '/tickets/{number}/snooze', summary: 'Put it aside until a morning, the next reply, or until a linked ticket changes (staff)', body: Snooze.omit({ number: true }), response: done, handle: (call) => call.run(snoozeTicket, { number: numberIn(call) }) },
  { method: 'delete', path: '/tickets/{number}/snooze', summary: 'Bring it back (staff)', response: done, handle: (call) => call.portal.run(wakeTicket, { number: numberIn(call) }) },
  {
    method: 'get', path: '/tickets/{number}/history', summary: 'What happened to a ticket and to those merged into it, oldest first (staff)', list: is.cursors.byTime, response: entry,
    async handle(call) {
      const number = numberIn(call);
      const [found, entries] = await call.portal.load(wholeTicket(number), historyPage(call.slice, number, { rising: true }));
      if (!found) throw notFound();
      requirePermission(call, 'tickets.see');
      return entries;
    },
  },
  {
    method: 'post', path: '/tickets/{number}/merge', summary: 'Make it part of another ticket (staff): of another requester’s privately, if not said with `share`; without it, links end that were shown to who typed an address without signing in', body: MergeBody, response: z.object({ number: is.number, merged: z.array(is.number) }),
    handle: (call) => call.run(mergeTickets, { number: numberIn(call), sources: [] }),
  },
  { method: 'post', path: '/tickets/{number}/unmerge', summary: 'Undo its merge, by the number that it had (staff)', body: Unmerging.omit({ number: true }), response: z.object({ number: is.number, outOf: is.number }), handle: (call) => call.run(unmergeTicket, { number: numberIn(call) }) },
  { method: 'post', path: '/tickets/{number}/split', summary: 'Move or copy messages into a ticket of their own (staff)', body: Splitting.omit({ number: true }), status: 201, response: z.object({ id: is.text, number: is.number }), handle: (call) => call.run(splitTicket, { number: numberIn(call) }) },
];
