import { and, eq, sql } from 'drizzle-orm';
import { loggedFieldsOf } from '../forms/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, type Query } from '../platform/query.ts';
import { notFound } from '../platform/refusal.ts';
import { atDesk, ledTo, visibleTickets } from '../tickets/access.ts';
import { everyMessage, everyTicket, moved, visibleMerges } from './access.ts';
import type { Step } from './fields.ts';
import { isTyped } from './typed.ts';

const read = <Value>(json: unknown) => JSON.parse(json as string) as Value;

const found = many((db, viewer, numbers: number[]) => {
  const [ticket, merge, requester] = [visibleTickets(db, viewer), visibleMerges(db, viewer), authors(db, 'requester')];
  const list = JSON.stringify(numbers);
  const named = sql`(select json_group_array(n.number) from tickets n where n.number in (select value from json_each(${list})) and coalesce(n.merged_into, n.id) = ${ticket.id})`;
  return db
    .select({
      id: ticket.id, number: ticket.number, subject: ticket.subject, kind: ticket.kind, status: ticket.status, priority: ticket.priority, tags: ticket.tags, assigneeId: ticket.assigneeId, groupId: ticket.groupId, answers: loggedFieldsOf(viewer, ticket).as('answers'), form: sql<string | null>`(select f.name_en from ticket_forms f where f.id = ${ticket.formId})`.as('form_name'),
      requesterId: ticket.requesterId, requesterName: requester.name, accountId: ticket.accountId, messagesCount: ticket.messagesCount, solvedAt: ticket.solvedAt, waitingSince: ticket.waitingSince,
      lastMessageAt: ticket.lastMessageAt, updatedAt: ticket.updatedAt, revision: revisionOf(ticket.id).as('revision'), asked: sql<number[]>`${named}`.mapWith(read<number[]>).as('asked'),
      holdsPrivate: sql<boolean>`exists (select 1 from ${merge} where ${merge.targetId} = ${ticket.id} and ${merge.isPrivate})`.mapWith(Boolean).as('holds_private'),
      brought: sql<string[][]>`(select json_group_array(json(${merge.gained})) from ${merge} where ${merge.targetId} = ${ticket.id})`.mapWith(read<string[][]>).as('brought'),
    })
    .from(ticket)
    .innerJoin(requester, eq(requester.id, ticket.requesterId))
    .where(sql`${ticket.id} in (select coalesce(n.merged_into, n.id) from tickets n where n.number in (select value from json_each(${list})))`);
});

type Rows<Q> = Q extends Query<infer Row> ? Row : never;
export type ToMerge = Rows<ReturnType<typeof found>>[number];

/** Tickets with these numbers, or what they lead to, as a merge is decided on. Not found when this ticket is not for the viewer. */
export function ticketsToMerge(number: number, numbers: number[]): Query<ToMerge[]> {
  const query = found([...new Set([number, ...numbers])]);
  const check = (rows: ToMerge[]) => {
    if (!rows.some(({ asked }) => asked.includes(number))) throw notFound();
    return rows;
  };
  return { ...query, read: (rows) => check(query.read(rows)) };
}

/** A ticket with the merge that it is part of another by, the other one, its other merges, and of these messages those that were written there since. */
export const mergeOfTicket = one((db, viewer, number: number, picked: string[]) => {
  const [source, target, merge, message, author, row] = [everyTicket(db, viewer, 'source_ticket'), everyTicket(db, viewer, 'target'), visibleMerges(db, viewer), everyMessage(db, viewer), authors(db), moved(db, viewer)];
  const siblings = sql`(select json_group_array(json_object('id', o.id, 'source', json(o.source), 'before', json(o.before), 'after', json(o.after), 'gained', json(o.gained), 'at', o.created_at)) from (select * from ticket_merges s where s.target_id = ${merge.targetId} and s.id <> ${merge.id} order by s.created_at, s.id) o)`;
  const chosen = sql`(select json_group_array(json_object('id', ${message.id}, 'visibility', ${message.visibility}, 'author', ${author.id}, 'role', ${author.role})) from ${message} join ${author} on ${author.id} = ${message.authorId}
    where ${message.id} in (select value from json_each(${JSON.stringify(picked)})) and ${message.ticketId} = ${merge.targetId} and ${message.createdAt} >= ${merge.createdAt} and not exists (select 1 from ${row} where ${row.messageId} = ${message.id}))`;
  return db
    .select({
      id: source.id, number: source.number, subject: source.subject, requesterId: source.requesterId, messagesCount: source.messagesCount, lastMessageAt: source.lastMessageAt, revision: revisionOf(source.id).as('revision'),
      merge: { id: merge.id, isPrivate: merge.isPrivate, source: merge.source, before: merge.before, after: merge.after, gained: merge.gained, createdAt: merge.createdAt },
      target: {
        id: target.id, number: target.number, subject: target.subject, mergedInto: target.mergedInto, status: target.status, solvedAt: target.solvedAt, waitingSince: target.waitingSince, lastMessageAt: target.lastMessageAt, updatedAt: target.updatedAt,
        tags: target.tags, requesterId: target.requesterId, revision: revisionOf(target.id).as('target_revision'), isTyped: isTyped('target'),
      },
      isTyped: isTyped('source_ticket'),
      siblings: sql<Step[]>`${siblings}`.mapWith(read<Step[]>).as('siblings'),
      picked: sql<{ id: string; visibility: string; author: string; role: string }[]>`${chosen}`.mapWith(read<{ id: string; visibility: string; author: string; role: string }[]>).as('picked'),
    })
    .from(source)
    .leftJoin(merge, eq(merge.sourceId, source.id))
    .leftJoin(target, eq(target.id, merge.targetId))
    .where(and(eq(source.number, number), atDesk(viewer)))
    .limit(1);
});

export type Unmergeable = Rows<ReturnType<typeof mergeOfTicket>>;

/** A message that is chosen, as a split is decided on. `at` in milliseconds since 1970. */
export interface Chosen {
  id: string;
  at: number;
  visibility: 'public' | 'internal';
  author: string;
  role: string;
  accountId: string | null;
}

/** Since when, in milliseconds, the messages of a ticket wait for an answer, without those of a list. */
const waitsWithout = (ticketId: unknown, list: string) => {
  const rest = (more: string) => sql.raw(`from ticket_messages w join users u on u.id = w.author_id where w.visibility = 'public' and u.role ${more} ('customer', 'moderator')`);
  const mine = sql`w.ticket_id = ${ticketId} and w.id not in (select value from json_each(${list}))`;
  return sql<number | null>`(select min(w.created_at) ${rest('in')} and ${mine} and w.created_at > coalesce((select max(w.created_at) ${rest('not in')} and ${mine}), 0))`;
};

/** A ticket and the messages of it that are chosen, in the order of time; `stays` counts the public ones that are not. `formFound` is the `form` that is meant, if a ticket can have it. */
export const ticketToSplit = one((db, viewer, number: number, chosen: string[], form = '') => {
  const ticket = visibleTickets(db, viewer);
  const list = JSON.stringify(chosen);
  const rows = sql`(select json_group_array(json_object('id', m.id, 'at', m.created_at, 'visibility', m.visibility, 'author', m.author_id, 'role', m.role, 'accountId', m.account_id)) from
    (select m.id, m.created_at, m.visibility, m.author_id, u.role, u.account_id from ticket_messages m join users u on u.id = m.author_id where m.ticket_id = ${ticket.id} and m.id in (select value from json_each(${list})) order by m.created_at, m.number) m)`;
  const rest = sql`(select count(*) from ticket_messages m where m.ticket_id = ${ticket.id} and m.visibility = 'public' and m.id not in (select value from json_each(${list})))`;
  return db
    .select({
      id: ticket.id, number: ticket.number, subject: ticket.subject, kind: ticket.kind, formId: ticket.formId, status: ticket.status, priority: ticket.priority, assigneeId: ticket.assigneeId, tags: ticket.tags, requesterId: ticket.requesterId, accountId: ticket.accountId,
      waitingSince: ticket.waitingSince, revision: sql<number>`${revisionOf(ticket.id)}`.as('revision'), chosen: sql<Chosen[]>`${rows}`.mapWith(read<Chosen[]>).as('chosen'), waits: waitsWithout(ticket.id, list).as('waits'),
      stays: sql<number>`${rest}`.as('stays'), formFound: sql<string | null>`(select f.id from ticket_forms f where f.id = ${form} and (f.is_active = 1 or f.id = ${ticket.formId}))`.as('form_found'),
    })
    .from(ticket)
    .where(and(sql`${ticket.id} = ${ledTo(viewer, number)}`))
    .limit(1);
});
