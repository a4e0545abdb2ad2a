import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import type { Sql } from '../platform/gate.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { raw } from '../platform/statement.ts';
import { ticketMessages } from '../tickets/schema.ts';
import { type Attachment, told } from './told.ts';

export { attached } from './limits.ts';

/**
 * Files, without their bytes: those lie in the store, under the row's id. A row is loose until it is attached to a post or a message (`attachedAt`);
 * attached once and to nothing any more, it is gone, and swept with its bytes. A picture has a size in pixels; every other `type` is only a word for people.
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
  createdAt: moment().notNull(),
  attachedAt: moment(),
});

/** Brought, and attached to nothing yet. */
export const isLoose = and(isNull(attachments.postId), isNull(attachments.messageId), isNull(attachments.heldId), isNull(attachments.attachedAt));

/** The files for which this holds, of a row `f`, as a column of any query. */
const listed = (which: SQL) =>
  sql`(select json_group_array(json_object('id', f.id, 'name', f.name, 'type', f.type, 'size', f.size, 'width', f.width, 'height', f.height)) from attachments f where ${which})`
    .mapWith((list: string) => (JSON.parse(list) as Omit<Attachment, 'url'>[]).map(told))
    .as('attachments');

/** The files of what has its id in this column of SQL: none unless `shown`. */
export const attachedTo = (place: 'post_id' | 'message_id' | 'held_id', id: string, shown: SQL = sql`1`) => listed(sql`f.${sql.raw(place)} = ${sql.raw(id)} and ${shown}`);

/** The loose files that a draft holds. */
export const heldByDraft = () => listed(sql`f.id in (select value from json_each(drafts.files)) and f.owner_id = drafts.user_id and f.attached_at is null`);

const LOOSE = 'post_id is null and message_id is null and held_id is null and attached_at is null';

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
export function attaching({ viewer, now }: Pick<Setting, 'viewer' | 'now'>, ids: string[], to: { post: string } | { message: string } | { held: string }): Writing[] {
  if (ids.length === 0) return [];
  const list = JSON.stringify(ids);
  const [place, table, id] = 'post' in to ? ['post_id', 'posts', to.post] : 'held' in to ? ['held_id', 'held_posts', to.held] : ['message_id', 'ticket_messages', to.message];
  return [
    ...brought(viewer.id, ids),
    raw(`update attachments set ${place} = ?1, attached_at = ?2, owner_id = coalesce(owner_id, (select author_id from ${table} where id = ?1)) where id in (select value from json_each(?3))`, [id, now.getTime(), list]),
  ];
}

/** The statement that hands the files of what waited on to the post that it became. */
export const handedOn = (held: string, post: string): Writing => raw('update attachments set post_id = ?1, held_id = null where held_id = ?2', [post, held]);
