import { and, asc, between, desc, eq, inArray, sql } from 'drizzle-orm';
import { visibleCategories, visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import { taggingOf } from '../tags/access.ts';
import type { Database } from '../database/open.ts';
import { visibleMoves, visibleTimers, visibleWhispers } from './access.ts';

const controlled = (topic: ReturnType<typeof visibleTopics>) => ({
  id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, problemState: topic.problemState, categoryId: topic.categoryId, authorId: topic.authorId, postsCount: topic.postsCount, tags: topic.tags,
  lockedAt: topic.lockedAt, slowSeconds: topic.slowSeconds, votesFrozenAt: topic.votesFrozenAt, teamOnlyAt: topic.teamOnlyAt, lastPostAt: topic.lastPostAt, pinnedAt: topic.pinnedAt, revision: revisionOf(topic.id).as('revision'),
});

/** A topic as its moderators change it. */
export const topicToModerate = one((db, viewer, number: number) => {
  const [topic, category] = [visibleTopics(db, viewer), visibleCategories(db, viewer)];
  return db
    .select({ ...controlled(topic), category: category.slug })
    .from(topic)
    .innerJoin(category, eq(category.id, topic.categoryId))
    .where(eq(topic.number, number))
    .limit(1);
});

/** A topic, and the first of some posts of it, not its question, that go into a topic of their own. */
export const topicToSplit = one((db, viewer, number: number, chosen: string[], tags: string[]) => {
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({ ...controlled(topic), tagging: taggingOf(viewer, tags, topic.categoryId), first: { id: post.id, authorId: post.authorId, body: post.body, createdAt: post.createdAt } })
    .from(topic)
    .leftJoin(post, and(eq(post.topicId, topic.id), sql`${post.number} > 1`, inArray(post.id, chosen)))
    .where(eq(topic.number, number))
    .orderBy(asc(post.number))
    .limit(1);
});

const otherTopics = (db: Database, viewer: Viewer) => {
  const topic = visibleTopics(db, viewer);
  return db.select({ id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, categoryId: topic.categoryId }).from(topic).as('target');
};

/** A topic with its question, and the one it goes into, if the viewer sees one of that number. */
export const topicToMerge = one((db, viewer, number: number, into: number) => {
  const [topic, post, target] = [visibleTopics(db, viewer), visiblePosts(db, viewer), otherTopics(db, viewer)];
  return db
    .select({ ...controlled(topic), target: { id: target.id, number: target.number, slug: target.slug, title: target.title, categoryId: target.categoryId }, first: { id: post.id, body: post.body } })
    .from(topic)
    .innerJoin(post, and(eq(post.topicId, topic.id), eq(post.number, 1)))
    .leftJoin(target, and(eq(target.number, into), sql`${target.number} <> ${topic.number}`))
    .where(eq(topic.number, number))
    .limit(1);
});

/** The posts of a topic in short, for choosing some. */
export const postsToChoose = many((db, viewer, number: number) => {
  const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
  return db
    .select({ id: post.id, number: post.number, author: author.name, excerpt: sql<string>`substr(${post.body}, 1, 120)`.as('excerpt') })
    .from(post)
    .innerJoin(author, eq(author.id, post.authorId))
    .where(eq(post.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))))
    .orderBy(asc(post.number))
    .limit(200);
});

/** Where the posts are now that were on a page of a topic. */
export const movedFrom = many(
  written(
    (number: number, first: number, last: number) => ({ number, first, last }),
    (db, viewer, { number, first, last }) => {
      const move = visibleMoves(db, viewer);
      return db.select({ was: move.fromPlace, number: move.number, slug: move.slug, title: move.title, place: move.place }).from(move).where(and(eq(move.from, number), between(move.fromPlace, first, last))).orderBy(asc(move.fromPlace));
    },
  ),
);

/** Where the post is now that was at a place of a topic that is no more, or its question, if there was none such. */
export const movedTo = maybe((db, viewer, number: number, place: number) => {
  const move = visibleMoves(db, viewer);
  return db.select({ number: move.number, slug: move.slug, place: move.place }).from(move).where(and(eq(move.from, number), inArray(move.fromPlace, [place, 1]))).orderBy(desc(move.fromPlace)).limit(1);
});

/** What staff said to each other on a page of a topic, in order. */
export const whispersOfTopic = many(
  onlyIf(
    written(
      (number: number, first: number, last: number) => ({ number, first, last }),
      (db, viewer, { number, first, last }) => {
        const [topic, whisper, author] = [visibleTopics(db, viewer), visibleWhispers(db, viewer), authors(db)];
        return db
          .select({ id: whisper.id, place: whisper.place, createdAt: whisper.createdAt, ...drawing(whisper), author: { id: author.id, name: author.name, handle: author.handle, role: author.role } })
          .from(whisper)
          .innerJoin(author, eq(author.id, whisper.authorId))
          .where(and(eq(whisper.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))), between(whisper.place, first, last)))
          .orderBy(asc(whisper.place), asc(whisper.createdAt));
      },
    ),
    (viewer) => isStaff(viewer),
  ),
);

/** What the clock will do to a topic, the soonest first. */
export const timersOfTopic = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const timer = visibleTimers(db, viewer);
      return db.select({ kind: timer.kind, dueAt: timer.dueAt, daysAfter: timer.daysAfter }).from(timer).where(eq(timer.number, number)).orderBy(asc(timer.dueAt), asc(timer.kind));
    },
  ),
);
