import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { maybe, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { givenVote } from '../posts/access.ts';
import { factsFor, marksOf } from '../screening/access.ts';
import { taggingOf, visibleSynonyms } from '../tags/access.ts';
import { leastLevels, levelOf } from '../trust/access.ts';
import { visibleCategories, visiblePosts, visibleTopics } from './access.ts';

/** What opening a topic is decided on: the category of this address or id, or null, what the text is judged by, and what its tags are. Always one row. */
export const categoryToOpenIn = one((db, viewer, slug: string, text: string, tags: string[] = []) => {
  const category = visibleCategories(db, viewer);
  return db
    .select({ category: { id: category.id, slug: category.slug, mayCreate: category.mayCreate }, facts: factsFor(viewer, marksOf(viewer, text)), tagging: taggingOf(viewer, tags, category.id) })
    .from(sql`(select 1)`)
    .leftJoin(category, or(eq(category.slug, slug), eq(category.id, slug)))
    .limit(1);
});

const answering = written(
  (number: number, marks: ReturnType<typeof marksOf>) => ({ number, ...marks }),
  (db, viewer, { number, ...marks }) => {
    const [topic, category] = [visibleTopics(db, viewer), visibleCategories(db, viewer)];
    return db
      .select({
        id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, lockedAt: topic.lockedAt, slowSeconds: topic.slowSeconds, teamOnlyAt: topic.teamOnlyAt,
        category: { id: category.id, slug: category.slug, mayReply: category.mayReply }, facts: factsFor(viewer, marks),
        lastOwnAt: sql<number | null>`case when ${topic.slowSeconds} > 0 then (select created_at from posts where author_id = ${viewer.id ?? ''} and +topic_id = ${topic.id} and number > 1 order by created_at desc limit 1) end`.as('last_own_at'),
      })
      .from(topic)
      .innerJoin(category, eq(category.id, topic.categoryId))
      .where(eq(topic.number, number))
      .limit(1);
  },
);

/** A topic as a reply to it is decided on: what the text is judged by, and, where the topic is slow, when they last wrote in it. */
export const topicToAnswer = one((db, viewer, number: number, text: string) => answering(db, viewer, number, marksOf(viewer, text)));

/** A topic as it is voted on: whose it is, how they voted on it (1, -1 or 0) and when, and the level of who votes. */
export const topicToVoteOn = one((db, viewer, number: number) => {
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({ id: topic.id, authorId: topic.authorId, votesFrozenAt: topic.votesFrozenAt, removed: post.removed, editedAt: post.editedAt, ...givenVote(viewer, topic.id), level: levelOf(viewer.id).as('level'), least: leastLevels })
    .from(topic)
    .innerJoin(post, and(eq(post.topicId, topic.id), eq(post.number, 1)))
    .where(eq(topic.number, number))
    .limit(1);
});

/** A topic as a change of it is decided on, with its text, and the category it may move to: `chosenId` is null when there is none such. */
export const topicToChange = one((db, viewer, number: number, category: string, text: string, tags: string[] = []) => {
  const [topic, chosen, post] = [visibleTopics(db, viewer), visibleCategories(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({
      id: topic.id, number: topic.number, title: topic.title, kind: topic.kind, tags: topic.tags, categoryId: topic.categoryId, authorId: topic.authorId, lastPostAt: topic.lastPostAt,
      chosenId: chosen.id, mayCreate: chosen.mayCreate, postId: post.id, body: post.body, category: sql<string>`(select slug from categories where id = ${topic.categoryId})`.as('category_slug'), facts: factsFor(viewer, marksOf(viewer, text)), tagging: taggingOf(viewer, tags, sql`coalesce(${chosen.id}, ${topic.categoryId})`), revision: revisionOf(topic.id).as('revision'),
    })
    .from(topic)
    .innerJoin(post, and(eq(post.topicId, topic.id), eq(post.number, 1)))
    .leftJoin(chosen, or(eq(chosen.slug, category), eq(chosen.id, category)))
    .where(eq(topic.number, number))
    .limit(1);
});

/** How many posts of a topic came after a place, and where the first of them is; null when none did. Nothing of those that are hidden or were removed. */
export const newsOfTopic = one(
  written(
    (number: number, seen: number) => ({ number, seen }),
    (db, viewer, { number, seen }) => {
      const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
      return db
        .select({ count: sql<number>`count(${post.id})`.as('count'), first: sql<number | null>`min(${post.number})`.as('first') })
        .from(topic)
        .leftJoin(post, and(eq(post.topicId, topic.id), gt(post.number, seen), isNull(post.hiddenAt), isNull(post.removed)))
        .where(eq(topic.number, number))
        .groupBy(topic.id);
    },
  ),
);

/** The main tag of a synonym; nothing for a word that is none. */
export const mainTag = maybe(
  written(
    (word: string) => ({ word }),
    (db, viewer, { word }) => {
      const synonym = visibleSynonyms(db, viewer);
      return db.select({ tag: synonym.tag }).from(synonym).where(eq(synonym.synonym, word)).limit(1);
    },
  ),
);
