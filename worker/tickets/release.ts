import { sql } from 'drizzle-orm';
import { releasedFiles } from '../attachments/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { drawn } from '../platform/markdown.ts';
import { mentioning } from '../platform/mentions.ts';
import type { DomainEvent, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';

/** What of a ticket's log means that its status was decided after an answer to it was sent. */
const DECIDED = `exists (select 1 from outbox o where o.subject = h.ticket_id and o.revision > h.revision and (o.type in ('ticket.replied', 'ticket.solved', 'ticket.reopened') or json_extract(o.data, '$.to.status') is not null))`;

const OPEN = `from held_replies h join tickets t on t.id = h.ticket_id and (t.status <> 'closed' or (h.visibility = 'internal' and t.merged_into is null)) where h.id = ?1`;

/** What is held, as far as announcing it goes. */
export interface Said {
  id: string;
  body: string;
  visibility: 'public' | 'internal';
  status: string | null;
}

/** The event that a held answer or note becomes. */
export const saidAs = ({ id, body, visibility, status }: Said): Pick<DomainEvent, 'type' | 'data'> =>
  visibility === 'internal' ? { type: 'ticket.noted', data: { message: id, ...mentioning(body) } } : { type: 'ticket.replied', data: { message: id, status } };

/** The statement that announces it in its writer's name, for who is not them. */
export function announcedLater(held: Said, now: Date): Sql {
  const { type, data } = saidAs(held);
  return {
    sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at)
      select 'evt_' || h.id, ?3, h.ticket_id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = h.ticket_id), h.author_id, json_patch(?4, json_object('problem', (select p.number from tickets p where p.id = h.problem_id))), ?2 ${OPEN}`,
    args: [held.id, now.getTime(), type, JSON.stringify(data)],
  };
}

/**
 * The statements that make a held answer or note a message, with its number counted now. Done again they change nothing. With an answer the ticket becomes
 * what its writer chose, unless somebody decided on it, or wrote in it, meanwhile. In a ticket that was closed meanwhile it becomes a draft again; a note does in one that was merged.
 */
export function released(id: string, body: string, now: Date, announcement: Sql[] = []): Sql[] {
  const { html, renderer } = drawn(body);
  const at = now.getTime();
  return [
    { sql: `insert into ticket_messages (id, ticket_id, number, author_id, visibility, body, html, renderer, created_at)
        select h.id, h.ticket_id, (select coalesce(max(number), 0) + 1 from ticket_messages m where m.ticket_id = h.ticket_id), h.author_id, h.visibility, h.body, ?2, ?3, ?4 ${OPEN}`, args: [id, html, renderer, at] },
    { sql: `update tickets set status = h.status, status_id = h.status_id, solved_at = case h.status when 'solved' then ?2 end, waiting_since = null, snooze = case h.status when 'solved' then null else snooze end, snoozed_until = case h.status when 'solved' then null else snoozed_until end
        from held_replies h where h.id = ?1 and h.visibility = 'public' and tickets.id = h.ticket_id and tickets.status <> 'closed' and not ${DECIDED}`, args: [id, at] },
    { sql: `update tickets set messages_count = messages_count + 1, last_message_at = ?2, updated_at = ?2 where status <> 'closed' and id = (select ticket_id from held_replies where id = ?1 and visibility = 'public')`, args: [id, at] },
    ...announcement,
    releasedFiles(id, now),
    ...takenBack(id, now, 'exists (select 1 from ticket_messages m where m.id = h.id)'),
  ];
}

/** The statements that make what is held its writer's draft again, in the ticket that its own is part of by now, below what they wrote since, unless it was `sent`; it is held no more, and the macro it was written with was not sent. */
export const takenBack = (id: string, now: Date, sent = 'false'): Sql[] => [
  { sql: `insert into drafts (user_id, place, body, files, kind, category, saved_at) select h.author_id, coalesce(t.merged_into, t.id), h.body, h.files, h.visibility, case h.visibility when 'public' then h.status else '' end, ?2 from held_replies h join tickets t on t.id = h.ticket_id where h.id = ?1 and not ${sent}
      on conflict (user_id, place) do update set body = drafts.body || char(10) || char(10) || excluded.body, files = (select json_group_array(value) from (select value from json_each(drafts.files) union select value from json_each(excluded.files))), revision = drafts.revision + 1, saved_at = excluded.saved_at`, args: [id, now.getTime()] },
  { sql: `update macros set used = max(0, used - 1) from held_replies h where h.id = ?1 and macros.id = h.macro_id and (macros.owner_id is null or macros.owner_id = h.author_id) and not ${sent}`, args: [id] },
  { sql: 'delete from held_replies where id = ?1', args: [id] },
];

/** Statements as an operation gives them. */
export const asWritings = (statements: Sql[]): Writing[] => statements.map(({ sql: text, args }) => ({ toSQL: () => ({ sql: text, params: args }) }));

/** What has to be true for taking it back, and, of an answer in an `open` ticket, for sending it: that it is held still. */
export const isHeld = (id: string, open = false) => sql`exists (select 1 from held_replies h join tickets t on t.id = h.ticket_id where h.id = ${id} and (t.status <> 'closed' or h.visibility = 'internal' or ${open ? 0 : 1}))`;

/** The answer to who comes too late. */
export const onItsWay = () => new Refusal('conflict', 'This answer is on its way already, or was taken back.');
