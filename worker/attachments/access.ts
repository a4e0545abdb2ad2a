import { and, eq, exists, isNotNull, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { visibleMacros } from '../macros/access.ts';
import { users } from '../people/schema.ts';
import { revisionOf } from '../platform/outbox.ts';
import { rule } from '../platform/rules.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';
import { visibleHeld } from '../screening/access.ts';
import { visibleSuspended } from '../suspended/access.ts';
import { knownMessages } from '../tickets/access.ts';
import { isTrusted, levelOf } from '../trust/access.ts';
import { roomFrom } from './limits.ts';
import { attachments, isLoose } from './schema.ts';

export { MOST_FILES } from './limits.ts';

const nothing = sql`false`;

export const staff = rule<unknown>('those who work here', (viewer) => isStaff(viewer));

/** Whether the post that a file is attached to says to this viewer what it says: not removed, and not hidden from them. */
const inPost = (db: Database, viewer: Viewer) => {
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  const read = can(viewer, 'forum.moderate') ? undefined : or(isNull(post.hiddenAt), eq(post.authorId, viewer.id ?? ''));
  return exists(db.select({ one: sql`1` }).from(post).innerJoin(topic, eq(topic.id, post.topicId)).where(and(sql`${post.id} = ${sql.raw('attachments.post_id')}`, isNull(post.removed), read)));
};

/** The same for the message of a ticket; files of notes are for who reads notes. */
const inMessage = (db: Database, viewer: Viewer) => {
  const message = knownMessages(db, viewer);
  return exists(db.select({ one: sql`1` }).from(message).where(sql`${message.id} = ${sql.raw('attachments.message_id')}`));
};

/** The same for a post that waits: for its author and for moderators. */
const inHeld = (db: Database, viewer: Viewer) => {
  const held = visibleHeld(db, viewer);
  return exists(db.select({ one: sql`1` }).from(held).where(sql`${held.id} = ${sql.raw('attachments.held_id')}`));
};

/** The same for a ticket that waits: for who sent it and for those who decide about it. */
const inSuspended = (db: Database, viewer: Viewer) => {
  const suspended = visibleSuspended(db, viewer);
  return exists(db.select({ one: sql`1` }).from(suspended).where(sql`${suspended.id} = ${sql.raw('attachments.suspended_id')}`));
};

/** The same for a macro: for who may use it. */
const inMacro = (db: Database, viewer: Viewer) => {
  const macro = visibleMacros(db, viewer);
  return and(isNotNull(attachments.macroId), exists(db.select({ one: sql`1` }).from(macro).where(sql`${macro.id} = ${sql.raw('attachments.macro_id')}`)));
};

/** People see the files of what they read, and those that they brought and that are not attached yet; nobody else sees these, not even with their eyes. */
export const visibleAttachments = (db: Database, viewer: Viewer) => {
  const own = viewer.id === null || viewer.viewedBy !== null ? nothing : and(isLoose, eq(attachments.ownerId, viewer.id));
  return db
    .select()
    .from(attachments)
    .where(or(and(isNotNull(attachments.postId), inPost(db, viewer)), and(isNotNull(attachments.messageId), inMessage(db, viewer)), and(isNotNull(attachments.heldId), inHeld(db, viewer)), and(isNotNull(attachments.suspendedId), inSuspended(db, viewer)), inMacro(db, viewer), own))
    .as('attachments');
};

/** The loose files that somebody may attach, by their ids, a JSON list: their own, which is what the `+` tells the planner to look at last. A guest's are nobody's; knowing the id, which nobody can guess, is having brought it. */
export const looseAttachments = (db: Database, viewer: Viewer, ids: string) =>
  db
    .select({ id: attachments.id, name: attachments.name, type: attachments.type, size: attachments.size, width: attachments.width, height: attachments.height, verdict: attachments.verdict })
    .from(attachments)
    .where(and(sql`${attachments.id} in (select value from json_each(${ids}))`, isLoose, viewer.id === null ? isNull(attachments.ownerId) : sql`+${attachments.ownerId} = ${viewer.id}`))
    .as('loose');

/** Files of macros that the viewer may use, by their ids, a JSON list. */
export const macroFiles = (db: Database, viewer: Viewer, ids: string) =>
  db
    .select({ id: attachments.id, name: attachments.name, type: attachments.type, size: attachments.size, width: attachments.width, height: attachments.height, verdict: attachments.verdict })
    .from(attachments)
    .where(and(sql`${attachments.id} in (select value from json_each(${ids}))`, inMacro(db, viewer)))
    .as('macro_files');

const MB = 1_000_000;
const KEPT = "(select value from settings where key = 'attachment_room')";
const first = roomFrom(undefined);
const roomOf = (name: SQL, otherwise: number) => sql`coalesce(${sql.raw(KEPT)} ->> ${name}, ${otherwise})`;

/** Bytes that the files of somebody who is signed in may have together, as SQL. `since` is a day ago, in milliseconds: who came later has their first day. */
export function spaceOf(viewer: Viewer, since: number | SQLWrapper): SQL<number> {
  if (isTrusted(viewer)) return sql<number>`${roomOf(sql`'team'`, first.team)} * ${MB}`;
  const byLevel = roomOf(sql`('level' || ${levelOf(viewer.id)})`, first.level0);
  const isNew = sql`exists (select 1 from users where id = ${viewer.id} and created_at > ${since})`;
  return sql<number>`min(${byLevel}, case when ${isNew} then ${roomOf(sql`'newcomer'`, first.newcomer)} else ${Number.MAX_SAFE_INTEGER} end) * ${MB}`;
}

/** What the files of the viewer take, and may take, in bytes. */
export const ownRoom = (db: Database, viewer: Viewer, since: SQLWrapper) => db.select({ used: users.fileBytes, space: spaceOf(viewer, since).mapWith(Number).as('space') }).from(users).where(eq(users.id, viewer.id ?? ''));

/** The room that files have here, for those who keep the settings. Always one row. */
export const keptRoom = (db: Database, viewer: Viewer) =>
  db.select({ room: sql<string>`coalesce(${can(viewer, 'settings.manage') ? sql.raw(KEPT) : sql`null`}, '{}')`.mapWith((json: string) => roomFrom(JSON.parse(json))).as('room'), revision: revisionOf('attachment_room').as('revision') }).from(sql`(select 1)`);
