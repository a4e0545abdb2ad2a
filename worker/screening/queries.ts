import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors, standings } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, type Query } from '../platform/query.ts';
import { notFound } from '../platform/refusal.ts';
import { can } from '../platform/viewer.ts';
import { keptRules, visibleHeld, visibleScreens, visibleWords } from './access.ts';

/** What waits where the viewer moderates, the oldest first. */
export const heldToDo = many((db, viewer, limit: number) => {
  const [held, author] = [visibleHeld(db, viewer), authors(db)];
  return db
    .select({
      id: held.id, kind: held.kind, title: held.title, tags: held.tags, attachments: held.attachments, body: sql<string>`substr(${held.body}, 1, 2000)`.as('excerpt'), reasons: held.reasons, category: held.category, createdAt: held.createdAt,
      topicNumber: held.topicNumber, slug: held.slug, author: author.name, handle: author.handle,
    })
    .from(held)
    .innerJoin(author, eq(author.id, held.authorId))
    .where(can(viewer, 'forum.moderate') ? eq(held.status, 'waiting') : sql`0`)
    .orderBy(asc(held.createdAt), asc(held.id))
    .limit(limit);
});

/** What of the viewer’s own waits, or was sent back, the newest first. */
export const myHeld = many((db, viewer, limit: number) => {
  const held = visibleHeld(db, viewer);
  return db
    .select({ id: held.id, kind: held.kind, title: held.title, body: held.body, status: held.status, words: held.words, createdAt: held.createdAt, topicNumber: held.topicNumber, slug: held.slug })
    .from(held)
    .where(and(eq(held.authorId, viewer.id ?? ''), ne(held.status, 'approved')))
    .orderBy(desc(held.createdAt), desc(held.id))
    .limit(limit);
});

const heldRows = many((db, viewer, ids: string[]) => {
  const [held, author, topic, post] = [visibleHeld(db, viewer), standings(db), visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({
      id: held.id, kind: held.kind, status: held.status, title: held.title, tags: held.tags, body: held.body, topicKind: held.topicKind, categoryId: held.categoryId, category: held.category, author: { id: author.id, role: author.role, accountId: author.accountId },
      topic: { id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, lastPostAt: topic.lastPostAt, revision: revisionOf(topic.id).as('topic_revision') },
      post: { id: post.id, number: post.number, authorId: post.authorId, body: post.body, createdAt: post.createdAt, editedAt: post.editedAt, editorId: post.editorId, hiddenAt: post.hiddenAt, removed: post.removed, revision: revisionOf(post.id).as('revision') },
    })
    .from(held)
    .innerJoin(author, eq(author.id, held.authorId))
    .leftJoin(post, eq(post.id, held.postId))
    .leftJoin(topic, eq(topic.id, sql`coalesce(${post.topicId}, (select coalesce(merged_into, id) from topics where id = ${held.topicId}))`))
    .where(inArray(held.id, ids))
    .orderBy(asc(held.createdAt), asc(held.id));
});

type Rows = ReturnType<typeof heldRows> extends Query<infer List> ? List : never;

/** What is decided about, all of it: refused as `not_found` when the viewer does not see one. */
export function heldToDecide(ids: string[]): Query<Rows> {
  const query = heldRows(ids);
  return {
    ...query,
    read(rows) {
      const found = query.read(rows);
      if (found.length < ids.length) throw notFound();
      return found;
    },
  };
}

/** The rules of the workspace, for who keeps the settings. Always one row. */
export const rulesKept = one((db, viewer) => keptRules(db, viewer));

/** Word rules, in the order of the alphabet. */
export const wordsKept = many((db, viewer) => {
  const word = visibleWords(db, viewer);
  return db.select().from(word).orderBy(asc(word.pattern), asc(word.id)).limit(500);
});

/** Screens, by what they look at. */
export const screensKept = many((db, viewer) => {
  const screen = visibleScreens(db, viewer);
  return db.select().from(screen).orderBy(asc(screen.kind), asc(screen.pattern)).limit(500);
});

/** What is added to: how many word rules and screens there are, and whether there is such a screen. Always one row. */
export const listsToKeep = one((db, viewer, kind: string, pattern: string) => {
  const [word, screen] = [visibleWords(db, viewer), visibleScreens(db, viewer)];
  return db.select({ words: sql<number>`(select count(*) from ${word})`.as('words_count'), screens: sql<number>`(select count(*) from ${screen})`.as('screens_count'), isThere: sql<boolean>`exists (select 1 from ${screen} where ${screen.kind} = ${kind} and ${screen.pattern} = ${pattern})`.mapWith(Boolean).as('is_there') }).from(sql`(select 1)`);
});

/** A word rule or screen, by its id. */
export const wordById = one((db, viewer, id: string) => {
  const word = visibleWords(db, viewer);
  return db.select({ id: word.id, pattern: word.pattern, action: word.action }).from(word).where(eq(word.id, id)).limit(1);
});
export const screenById = one((db, viewer, id: string) => {
  const screen = visibleScreens(db, viewer);
  return db.select({ id: screen.id, kind: screen.kind, pattern: screen.pattern, action: screen.action }).from(screen).where(eq(screen.id, id)).limit(1);
});
