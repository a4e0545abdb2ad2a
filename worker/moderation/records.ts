import { and, asc, between, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { hasTold } from '../advice/access.ts';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { levelOf } from '../trust/access.ts';
import { flagger, visibleFlags, visibleReasons, visibleReviews } from './access.ts';

/** A post as it is flagged: where it is, whether the viewer did so before or told its author privately, and what their word weighs. For visitors the latter is nobody. */
export const postToFlag = one((db, viewer, id: string) => {
  const [post, topic, author, flag, who] = [visiblePosts(db, viewer), visibleTopics(db, viewer), authors(db), visibleFlags(db, viewer), flagger(db, viewer)];
  return db
    .select({
      id: post.id, place: post.number, hiddenAt: post.hiddenAt, excerpt: sql<string>`substr(${post.body}, 1, 400)`.as('excerpt'), author: author.name, authorId: post.authorId, categoryId: topic.categoryId, topicId: sql<string>`${topic.id}`.as('flagged_topic'), topicAuthorId: sql<string>`${topic.authorId}`.as('flagged_author'),
      topic: { number: topic.number, slug: topic.slug, title: topic.title }, mine: flag.kind, flagger: { createdAt: who.createdAt, level: who.level, least: who.least, sensitivity: who.sensitivity, heavy: who.heavy, high: who.high, agreed: who.agreed, disagreed: who.disagreed }, authorLevel: levelOf(post.authorId).as('author_level'), removed: post.removed, hasTold: hasTold(viewer, post.id).as('has_told'), revision: revisionOf(post.id).as('revision'),
    })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(author, eq(author.id, post.authorId))
    .leftJoin(flag, and(eq(flag.postId, post.id), eq(flag.authorId, viewer.id ?? '')))
    .leftJoin(who, eq(who.id, viewer.id ?? ''))
    .where(eq(post.id, id))
    .limit(1);
});

/** What somebody reported of a post. */
interface Report {
  kind: 'off_topic' | 'inappropriate' | 'spam' | 'illegal' | 'other';
  words: string;
  by: string;
}

/** On what grounds a post was flagged. With its table: inside the subquery a bare column would be another’s. */
const kinds = sql<string[]>`(select json_group_array(distinct f.kind) from flags f where f.post_id = reviews.post_id and f.outcome is null)`.mapWith(JSON.parse).as('kinds');

const deciding = (review: ReturnType<typeof visibleReviews>) => ({
  postId: review.postId, status: review.status, authorId: review.authorId, categoryId: review.categoryId, hiddenAt: review.hiddenAt, claimedBy: review.claimedBy, revision: revisionOf(review.postId).as('revision'), kinds,
  silence: sql<string | null>`(select id from sanctions where user_id = reviews.author_id and kind = 'silence' and code = 'spam' and by_id is null and lifted_at is null limit 1)`.as('silence'),
});

/** A review as it is claimed and decided. */
export const reviewOf = one((db, viewer, post: string) => {
  const review = visibleReviews(db, viewer);
  return db.select(deciding(review)).from(review).where(eq(review.postId, post)).limit(1);
});

/** Those of some reviews that the viewer sees, as they are decided. */
export const reviewsToDecide = many((db, viewer, posts: string[]) => {
  const review = visibleReviews(db, viewer);
  return db.select({ ...deciding(review), title: review.title }).from(review).where(inArray(review.postId, posts));
});

/** What is to be decided, urgent first, then by weight: at most so many. Of who flagged it: kind, words and name. */
export const reviewsToDo = many(
  written(
    (limit: number) => ({ limit }),
    (db, viewer, { limit }) => {
      const [review, author, claimer] = [visibleReviews(db, viewer), authors(db), authors(db, 'claimer')];
      return db
        .select({
          postId: review.postId, score: review.score, isUrgent: review.isUrgent, grounds: review.grounds, shownAgainAt: review.shownAgainAt, openedAt: review.openedAt, excerpt: sql<string>`substr(${review.body}, 1, 600)`.as('excerpt'), place: review.place, hiddenAt: review.hiddenAt,
          topic: { number: review.topicNumber, slug: review.slug, title: review.title }, author: author.name, handle: author.handle, claimedBy: review.claimedBy, claimer: claimer.name, revision: revisionOf(review.postId).as('revision'),
          flags: sql`(select json_group_array(json_object('kind', f.kind, 'words', f.words, 'by', u.name)) from flags f join users u on u.id = f.author_id where f.post_id = ${review.postId} and f.outcome is null)`.mapWith((list: string) => JSON.parse(list) as Report[]).as('given'),
        })
        .from(review)
        .innerJoin(author, eq(author.id, review.authorId))
        .leftJoin(claimer, eq(claimer.id, review.claimedBy))
        .where(eq(review.status, 'open'))
        .orderBy(desc(review.isUrgent), desc(review.score), asc(review.openedAt), asc(review.postId))
        .limit(limit);
    },
  ),
);

/** What was decided lately, newest first. */
export const reviewsDone = many(
  written(
    (limit: number) => ({ limit }),
    (db, viewer, { limit }) => {
      const [review, decider] = [visibleReviews(db, viewer), authors(db, 'decider')];
      return db
        .select({ postId: review.postId, status: review.status, words: review.words, decidedAt: review.decidedAt, place: review.place, topic: { number: review.topicNumber, slug: review.slug, title: review.title }, decider: decider.name })
        .from(review)
        .leftJoin(decider, eq(decider.id, review.decidedBy))
        .where(ne(review.status, 'open'))
        .orderBy(desc(review.decidedAt), desc(review.postId))
        .limit(limit);
    },
  ),
);

/** Why posts of a page of a topic are hidden, for those who may know, and what they say, for peers who may look; the newest of a post last. */
export const reasonsInTopic = many(
  onlyIf(
    written(
      (number: number, first: number, last: number) => ({ number, first, last }),
      (db, viewer, { number, first, last }) => {
        const [topic, reason] = [visibleTopics(db, viewer), visibleReasons(db, viewer)];
        return db
          .select({ id: reason.id, postId: reason.postId, kinds: reason.kinds, words: reason.words, isAutomatic: reason.isAutomatic, createdAt: reason.createdAt, hiddenAt: reason.hiddenAt, comesBack: reason.comesBack, html: reason.html, body: reason.body })
          .from(reason)
          .where(and(eq(reason.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))), between(reason.place, first, last)))
          .orderBy(asc(reason.createdAt));
      },
    ),
    (viewer) => viewer.id !== null,
  ),
);
