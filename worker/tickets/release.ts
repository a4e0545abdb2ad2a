import { sql } from 'drizzle-orm';
import { releasedFiles } from '../attachments/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { drawn } from '../platform/markdown.ts';
import { mentioning } from '../platform/mentions.ts';
import type { DomainEvent, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';

/** What of a ticket's log means that its status was decided after an answer to it was sent; that the answer went out does not. */
const DECIDED = `exists (select 1 from outbox o where o.subject = h.ticket_id and o.revision > h.revision and o.id <> 'evt_' || h.id and (o.type in ('ticket.replied', 'ticket.solved', 'ticket.reopened') or json_extract(o.data, '$.to.status') is not null))`;

/** The first message of somebody else that came since an answer was sent, and that it would cross; a note crosses nothing. */
const CROSSED = `(select c.id from ticket_messages c where h.visibility = 'public' and c.ticket_id = h.ticket_id and c.number > h.seen and c.author_id <> h.author_id order by c.number limit 1)`;

const HELD = 'from held_replies h join tickets t on t.id = h.ticket_id';
const GOES = `${HELD} and (t.status <> 'closed' or (h.visibility = 'internal' and t.merged_into is null)) and ${CROSSED} is null where h.id = ?1`;
/** That it became a message. */
const WENT = 'exists (select 1 from ticket_messages m where m.id = h.id)';
const NEXT = '(select coalesce(max(revision), 0) + 1 from outbox o where o.subject = h.ticket_id)';

/** What is held, as far as sending it goes. */
export interface Said {
  id: string;
  body: string;
  visibility: 'public' | 'internal';
}

/** That something came of what was held in this ticket, for who shows that ticket or listens there. What, the log tells. */
export const heardOf = ({ visibility }: Pick<Said, 'visibility'>, subject: string): DomainEvent => ({ type: visibility === 'internal' ? 'ticket.noted' : 'ticket.replied', subject, data: {} });

/** What an answer says in the log: of which problem it is the one answer, if it is, what it made of the status and, where that was another until then, of which; nothing of it where somebody decided on that meanwhile. */
const ANSWERED = `json_patch(json_object('message', h.id, 'problem', (select p.number from tickets p where p.id = h.problem_id)), case when ${DECIDED} then '{}' else json_patch(json_object('status', h.status, 'statusId', h.status_id),
  iif(t.status = h.status and t.status_id is h.status_id, '{}', json_object('from', json_object('status', t.status, 'statusId', t.status_id), 'to', json_object('status', h.status, 'statusId', h.status_id)))) end)`;

/** The statements that log, in its writer's name, that it went, with the ticket as it was until then; or that it did not, since somebody wrote meanwhile. */
const logged = ({ id, body, visibility }: Said, at: number): Sql[] => [
  visibility === 'internal'
    ? { sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at) select 'evt_' || h.id, 'ticket.noted', h.ticket_id, ${NEXT}, h.author_id, ?3, ?2 ${HELD} where h.id = ?1 and ${WENT}`, args: [id, at, JSON.stringify({ message: id, ...mentioning(body) })] }
    : { sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at) select 'evt_' || h.id, 'ticket.replied', h.ticket_id, ${NEXT}, h.author_id, ${ANSWERED}, ?2 ${HELD} where h.id = ?1 and ${WENT}`, args: [id, at] },
  { sql: `insert into outbox (id, type, subject, revision, data, created_at) select 'evt_' || h.id, 'ticket.unsent', h.ticket_id, ${NEXT}, json_object('whose', h.author_id, 'wrote', c.author_id, 'message', c.id), ?2 ${HELD} join ticket_messages c on c.id = ${CROSSED} where h.id = ?1 and t.status <> 'closed'`, args: [id, at] },
];

/**
 * The statements that make a held answer or note a message, with its number counted now, and log it. Done again they change nothing. With an answer the ticket becomes
 * what its writer chose, unless somebody decided on it meanwhile. An answer that would cross what others wrote since is not sent: it becomes a draft again, and the log says so.
 * In a ticket that was closed meanwhile it becomes a draft again; a note does in one that was merged.
 */
export function released(held: Said, now: Date): Sql[] {
  const { id, body } = held;
  const { html, renderer } = drawn(body);
  const at = now.getTime();
  return [
    { sql: `insert into ticket_messages (id, ticket_id, number, author_id, visibility, body, html, renderer, created_at)
        select h.id, h.ticket_id, (select coalesce(max(number), 0) + 1 from ticket_messages m where m.ticket_id = h.ticket_id), h.author_id, h.visibility, h.body, ?2, ?3, ?4 ${GOES}`, args: [id, html, renderer, at] },
    ...logged(held, at),
    { sql: `update tickets set status = h.status, status_id = h.status_id, solved_at = case h.status when 'solved' then ?2 end, waiting_since = null, snooze = case h.status when 'solved' then null else snooze end, snoozed_until = case h.status when 'solved' then null else snoozed_until end
        from held_replies h where h.id = ?1 and h.visibility = 'public' and tickets.id = h.ticket_id and ${WENT} and not ${DECIDED}`, args: [id, at] },
    { sql: `update tickets set messages_count = messages_count + 1, last_message_at = ?2, updated_at = ?2 where id = (select h.ticket_id from held_replies h where h.id = ?1 and h.visibility = 'public' and ${WENT})`, args: [id, at] },
    releasedFiles(id, now),
    ...takenBack(id, now, { went: WENT, crossed: CROSSED }),
  ];
}

/** The statements that make what is held its writer's draft again, in the ticket that its own is part of by now, below what they wrote since, unless it `went`; it is held no more, and the macro it was written with was not sent. */
export const takenBack = (id: string, now: Date, { went = 'false', crossed = 'null' } = {}): Sql[] => [
  { sql: `insert into drafts (user_id, place, body, files, kind, category, crossed, saved_at) select h.author_id, coalesce(t.merged_into, t.id), h.body, h.files, h.visibility, case h.visibility when 'public' then h.status else '' end, ${crossed}, ?2 ${HELD} where h.id = ?1 and not ${went}
      on conflict (user_id, place) do update set body = drafts.body || char(10) || char(10) || excluded.body, files = (select json_group_array(value) from (select value from json_each(drafts.files) union select value from json_each(excluded.files))), crossed = coalesce(excluded.crossed, drafts.crossed), revision = drafts.revision + 1, saved_at = excluded.saved_at`, args: [id, now.getTime()] },
  { sql: `update macros set used = max(0, used - 1) from held_replies h where h.id = ?1 and macros.id = h.macro_id and (macros.owner_id is null or macros.owner_id = h.author_id) and not ${went}`, args: [id] },
  { sql: 'delete from held_replies where id = ?1', args: [id] },
];

/** The statement that says how far its writer has read, who sends it nevertheless. */
export const readUntil = (id: string, seen: number): Sql => ({ sql: 'update held_replies set seen = max(seen, ?2) where id = ?1', args: [id, seen] });

/** Statements as an operation gives them. */
export const asWritings = (statements: Sql[]): Writing[] => statements.map(({ sql: text, args }) => ({ toSQL: () => ({ sql: text, params: args }) }));

/** What has to be true for taking it back, and, of an answer in an `open` ticket, for sending it: that it is held still. */
export const isHeld = (id: string, open = false) => sql`exists (select 1 from held_replies h join tickets t on t.id = h.ticket_id where h.id = ${id} and (t.status <> 'closed' or h.visibility = 'internal' or ${open ? 0 : 1}))`;

/** The answer to who comes too late. */
export const onItsWay = () => new Refusal('conflict', 'This answer is on its way already, or was taken back.');
