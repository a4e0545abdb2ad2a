import { eq, or, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { posts, topics } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { rule } from '../platform/rules.ts';
import { slim } from '../platform/slim.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type Least, reaches } from '../trust/access.ts';
import { authorNotes } from './schema.ts';

/** Whether the viewer has told the author of a post something, or what they wrote waits for a moderator. */
export const hasTold = (viewer: Viewer, postId: SQLWrapper) =>
  sql<boolean>`(exists (select 1 from author_notes n where n.post_id = ${postId} and n.author_id = ${viewer.id ?? ''}) or exists (select 1 from held_posts h where h.post_id = ${postId} and h.author_id = ${viewer.id ?? ''} and h.kind in ('note', 'signed_note') and h.status = 'waiting'))`.mapWith(Boolean);

/** Notes about a post are for its author, for who wrote them, and for those who moderate there. `by` is who wrote it: null for an author whom they did not tell. */
export const visibleNotes = (db: Database, viewer: Viewer) => {
  const own = eq(authorNotes.authorId, viewer.id ?? '');
  const here = viewer.scopes.categories;
  const moderated = can(viewer, 'forum.moderate') ? (here ? sql`${topics.categoryId} in (select value from json_each(${JSON.stringify(here)}))` : sql`1`) : sql`0`;
  return slim(
    { id: authorNotes.id, postId: authorNotes.postId, words: authorNotes.words, isSigned: authorNotes.isSigned, createdAt: sql<Date>`${authorNotes.createdAt}`.mapWith(authorNotes.createdAt).as('told_at'), by: sql<string | null>`case when ${authorNotes.isSigned} or ${own} or (${moderated} and ${posts.authorId} <> ${viewer.id ?? ''}) then ${users.name} end`.as('told_by'), isMine: sql<boolean>`${eq(posts.authorId, viewer.id ?? '')}`.mapWith(Boolean).as('for_me') },
    (columns) =>
      db
        .select(columns)
        .from(authorNotes)
        .innerJoin(posts, eq(posts.id, authorNotes.postId))
        .innerJoin(topics, eq(topics.id, posts.topicId))
        .innerJoin(users, eq(users.id, authorNotes.authorId))
        .where(or(own, eq(posts.authorId, viewer.id ?? ''), moderated))
        .as('notes'),
  );
};

interface Written {
  authorId: string;
  level?: number;
  least?: Least;
}

/** Who writes to authors privately: about the posts of others, and not the newest. */
export const advisers = rule<Written>('signed-in people of the least level for it, about the posts of others', (viewer, post) => viewer.id !== null && post.authorId !== viewer.id && (post.level === undefined || reaches('advice', post.level, post.least)));
