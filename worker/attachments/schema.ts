import { type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts } from '../forum/schema.ts';
import { macros } from '../macros/schema.ts';
import { users } from '../people/schema.ts';
import type { Sql } from '../platform/gate.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { raw } from '../platform/statement.ts';
import { suspendedTickets } from '../suspended/schema.ts';
import { ticketMessages } from '../tickets/schema.ts';
import { type Attachment, told, type Verdict } from './told.ts';

export { attached } from './limits.ts';

/**
 * Files, without their bytes: those lie in the store, under the row's id, or, of a copy, under `bytesOf`. A row is loose until it is attached to a post, a
 * message or a macro (`attachedAt`); attached once and to nothing any more, it is gone, and swept with its bytes, unless another has these too. A picture has a size in pixels; every other `type` is only a word for people.
 */
export const attachments = sqliteTable('attachments', {
  id: text().primaryKey(),
  /** Who brought it; nobody, for guests, until it is attached. */
  ownerId: text().references(() => users.id),
  name: text().notNull(),
  type: text().notNull(),
  size: integer().notNull(),
  width: integer(),
  height: integer(),
  /** Of the bytes that are kept, in hex. */
  sha256: text().notNull(),
  postId: text().references(() => posts.id),
  messageId: text().references(() => ticketMessages.id),
  /** The post that waits for a moderator, before it is one. */
  heldId: text(),
  /** The ticket that waits, before it is one. */
  suspendedId: text().references(() => suspendedTickets.id, { onDelete: 'set null' }),
  /** The macro whose answers come with copies of it. */
  macroId: text().references(() => macros.id, { onDelete: 'set null' }),
  bytesOf: text(),
  /** What a scanner said of its bytes, and its name for what is bad about them. */
  verdict: text().$type<Verdict>().notNull().default('unscanned'),
  finding: text(),
  createdAt: moment().notNull(),
  attachedAt: moment(),
});

/** The columns of what a file can be attached to. */
export const PLACES = ['post_id', 'message_id', 'held_id', 'suspended_id', 'macro_id'] as const;

type Place = (typeof PLACES)[number];

/** SQL: attached to nothing, or to nothing any more. */
export const UNATTACHED = PLACES.map((place) => `attachments.${place} is null`).join(' and ');

/** SQL: brought, and attached to nothing yet. */
const LOOSE = `${UNATTACHED} and attachments.attached_at is null`;

/** Brought, and attached to nothing yet. */
export const isLoose = sql.raw(LOOSE);

/** The files for which this holds, of a row `f`, as a column of any query. */
const listed = (which: SQL) =>
  sql`(select json_group_array(json_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'width', f.width, 'height', f.height, 'verdict', f.verdict)) from attachments f where ${which})`
    .mapWith((list: string) => (JSON.parse(list) as Omit<Attachment, 'url'>[]).map(told))
    .as('attachments');

/** The files of what has its id in this column of SQL: none unless `shown`. */
export const attachedTo = (place: Place, id: string, shown: SQL = sql`1`) => listed(sql`f.${sql.raw(place)} = ${sql.raw(id)} and ${shown}`);

/** The loose files that a draft holds. */
export const heldByDraft = () => listed(sql`f.id in (select value from json_each(drafts.files)) and f.owner_id = drafts.user_id and f.attached_at is null`);

/** The statement that fails the commit for want of a name, unless these files are loose and this person's. */
export const brought = (owner: string | null, ids: string[]): Writing[] =>
  ids.length === 0
    ? []
    : [raw(`insert into attachments (id) select 'none' where (select count(*) from attachments where id in (select value from json_each(?1)) and owner_id is ?2 and ${LOOSE}) < json_array_length(?1)`, [JSON.stringify(ids), owner])];

/** The statement that attaches, to the message that a held answer becomes, the files that it came with. */
export const releasedFiles = (held: string, now: Date): Sql => ({
  sql: `update attachments set message_id = ?1, attached_at = ?2 where id in (select f.value from held_replies h, json_each(h.files) f where h.id = ?1) and owner_id = (select author_id from held_replies where id = ?1) and ${LOOSE} and exists (select 1 from ticket_messages where id = ?1)`,
  args: [held, now.getTime()],
});

/**
 * The statements that attach files which the viewer brought, and which are loose, to what this commit writes. Where one is not, the whole commit fails
 * for want of a name, and the portal says so. What a guest brought becomes its author's.
 */
export function attaching({ viewer, now }: Pick<Setting, 'viewer' | 'now'>, ids: string[], to: { post: string } | { message: string } | { held: string } | { suspended: string } | { macro: string }): Writing[] {
  if (ids.length === 0) return [];
  const list = JSON.stringify(ids);
  const [place, author, id] = placeIn(to);
  return [
    ...brought(viewer.id, ids),
    raw(`update attachments set ${place} = ?1, attached_at = ?2, owner_id = coalesce(owner_id, (${author})) where id in (select value from json_each(?3))`, [id, now.getTime(), list]),
  ];
}

/** The column of a place, how its author is found, and its id. */
function placeIn(to: Parameters<typeof attaching>[2]): [column: Place, author: string, id: string] {
  if ('macro' in to) return ['macro_id', 'select owner_id from macros where id = ?1', to.macro];
  if ('suspended' in to) return ['suspended_id', 'select user_id from suspended_tickets where id = ?1', to.suspended];
  const [place, table, id] = 'post' in to ? (['post_id', 'posts', to.post] as const) : 'held' in to ? (['held_id', 'held_posts', to.held] as const) : (['message_id', 'ticket_messages', to.message] as const);
  return [place, `select author_id from ${table} where id = ?1`, id];
}

/** Id of a copy → id of the file that it is of. */
export type Copies = Record<string, string>;

/** The statement that makes loose copies of files, of one owner, with the same bytes. Done again it changes nothing. What is not there is not copied. */
export const copiesOf = (owner: string, copies: Copies, now: Date): Writing =>
  raw(
    `insert into attachments (id, owner_id, name, type, size, width, height, sha256, created_at, bytes_of, verdict, finding)
      select c.key, ?1, f.name, f.type, f.size, f.width, f.height, f.sha256, ?2, coalesce(f.bytes_of, f.id), f.verdict, f.finding from json_each(?3) c cross join attachments f on f.id = c.value where true on conflict do nothing`,
    [owner, now.getTime(), JSON.stringify(copies)],
  );

/** The statement that leaves a macro with these of its files. */
export const filesStay = (macro: string, ids: string[]): Writing => raw("update attachments set macro_id = null, name = 'gone', owner_id = null where macro_id = ? and id not in (select value from json_each(?))", [macro, JSON.stringify(ids)]);

/** The statement that hands the files of what waited on to the post that it became. */
export const handedOn = (held: string, post: string): Writing => raw('update attachments set post_id = ?1, held_id = null where held_id = ?2', [post, held]);

/** The statement that hands the files of a ticket that waited on to its message, whose author they are now of. */
export const handedToMessage = (suspended: string, message: string): Writing =>
  raw('update attachments set message_id = ?1, suspended_id = null, owner_id = coalesce(owner_id, (select author_id from ticket_messages where id = ?1)) where suspended_id = ?2', [message, suspended]);

/** The statement that attaches copies of the files of one message to another. */
export const filesCopied = (from: string, to: string): Writing =>
  raw(
    `insert into attachments (id, owner_id, name, type, size, width, height, sha256, message_id, created_at, attached_at, bytes_of, verdict, finding)
      select 'att_' || lower(hex(randomblob(16))), owner_id, name, type, size, width, height, sha256, ?, created_at, attached_at, coalesce(bytes_of, id), verdict, finding from attachments where message_id = ?`,
    [to, from],
  );
