import { and, eq, getTableColumns, inArray, or, sql, type SQLWrapper } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { posts } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { drawing } from '../platform/markdown.ts';
import { rule } from '../platform/rules.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';
import { leastLevels, levelOf } from '../trust/access.ts';
import { flags, movedPosts, reviews, statementsOfReasons, topicTimers, whispers } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { MINUTE } from '../platform/time.ts';

/** Whispers are for those who work here. */
export const visibleWhispers = (db: Database, viewer: Viewer) => slim(getTableColumns(whispers), (columns) => db.select(columns).from(whispers).where(isStaff(viewer) ? undefined : sql`0`).as('whispers'));

/** Where posts were, and where they are now, of topics that the viewer sees. */
export const visibleMoves = (db: Database, viewer: Viewer) => {
  const [post, topic] = [visiblePosts(db, viewer), visibleTopics(db, viewer)];
  return slim(
    { from: sql<number>`${movedPosts.number}`.as('from_number'), fromPlace: sql<number>`${movedPosts.place}`.as('from_place'), number: sql<number>`${topic.number}`.as('now_number'), slug: topic.slug, title: topic.title, place: sql<number>`${post.number}`.as('now_place') },
    (columns) => db.select(columns).from(movedPosts).innerJoin(post, eq(post.id, movedPosts.postId)).innerJoin(topic, eq(topic.id, post.topicId)).as('moves'),
  );
};

/** What the clock will do to topics that the viewer sees. */
export const visibleTimers = (db: Database, viewer: Viewer) => {
  const topic = visibleTopics(db, viewer);
  return slim(
    { topicId: topicTimers.topicId, number: topic.number, kind: topicTimers.kind, dueAt: topicTimers.dueAt, daysAfter: topicTimers.daysAfter },
    (columns) => db.select(columns).from(topicTimers).innerJoin(topic, eq(topic.id, topicTimers.topicId)).as('timers'),
  );
};

export const whisperers = rule<unknown>('those who work here', (viewer) => isStaff(viewer));

/** What is reviewed, for those who moderate where it was written: posts, with their topic. */
export const visibleReviews = (db: Database, viewer: Viewer) => {
  const [post, topic] = [visiblePosts(db, viewer), visibleTopics(db, viewer)];
  const mine = viewer.scopes.categories ? inArray(topic.categoryId, viewer.scopes.categories) : undefined;
  return slim(
    {
      postId: reviews.postId, status: reviews.status, score: reviews.score, isUrgent: reviews.isUrgent, shownAgainAt: reviews.shownAgainAt, claimedBy: reviews.claimedBy, decidedBy: reviews.decidedBy, words: reviews.words, grounds: reviews.grounds, openedAt: reviews.openedAt, decidedAt: reviews.decidedAt,
      authorId: post.authorId, body: post.body, place: post.number, hiddenAt: post.hiddenAt, topicNumber: sql<number>`${topic.number}`.as('topic_number'), slug: topic.slug, title: topic.title, categoryId: topic.categoryId,
    },
    (columns) =>
      db
        .select(columns)
        .from(reviews)
        .innerJoin(post, eq(post.id, reviews.postId))
        .innerJoin(topic, eq(topic.id, post.topicId))
        .where(can(viewer, 'forum.moderate') ? mine : sql`0`)
        .as('reviews'),
  );
};

/** Who flagged what, for those who moderate; everyone else sees their own flags alone. */
export const visibleFlags = (db: Database, viewer: Viewer) => slim(getTableColumns(flags), (columns) => db.select(columns).from(flags).where(can(viewer, 'forum.moderate') ? undefined : eq(flags.authorId, viewer.id ?? '')).as('flags'));

/** Milliseconds that a post is hidden at least, before a change by its author shows it again. */
export const COOLING = 10 * MINUTE;

/** Whether flags hid a post, nobody has decided about it, and its author has not shown it again before: then, once, a change of theirs does. */
export const comesBack = (postId: SQLWrapper) =>
  sql<boolean>`exists (select 1 from reviews r join posts h on h.id = r.post_id join statements_of_reasons s on s.post_id = h.id and s.created_at = h.hidden_at and s.action = 'hidden' and s.is_automatic = 1 where r.post_id = ${postId} and r.status = 'open' and r.shown_again_at is null)`.mapWith(Boolean);

/** Whether peers may look at what flags hid: nobody decided yet, and nobody says that it is against the law or hurts somebody. */
const forPeers = (viewer: Viewer) =>
  viewer.id === null
    ? sql<boolean>`0`
    : sql<boolean>`(${statementsOfReasons.isAutomatic} = 1 and ${statementsOfReasons.createdAt} = posts.hidden_at and exists (select 1 from reviews r where r.post_id = posts.id and r.status = 'open') and not exists (select 1 from flags f where f.post_id = posts.id and f.kind in ('illegal', 'inappropriate') and f.outcome is null))`;

/** Why posts were hidden: for those who wrote them and for moderators, and, with what they say (`html`, `body`), for peers, of what flags hid and they may look at. */
export const visibleReasons = (db: Database, viewer: Viewer) => {
  const [post, words] = [visiblePosts(db, viewer), alias(posts, 'hidden_words')];
  const peers = forPeers(viewer);
  // Of others there are only those that peers may look at.
  const isPeer = can(viewer, 'forum.moderate') ? sql`0` : sql`${post.authorId} <> ${viewer.id ?? ''} and ${post.removed} is null`;
  const said = (column: SQLWrapper) => sql`case when ${isPeer} then ${column} end`;
  return slim(
    {
      comesBack: comesBack(statementsOfReasons.postId).as('comes_back'), hiddenAt: post.hiddenAt, ...drawing({ html: said(words.html), body: said(words.body), renderer: words.renderer }),
       id: statementsOfReasons.id, postId: sql<string>`${statementsOfReasons.postId}`.as('stated_post'), kinds: statementsOfReasons.kinds, words: statementsOfReasons.words, isAutomatic: statementsOfReasons.isAutomatic, createdAt: statementsOfReasons.createdAt, topicId: post.topicId, place: post.number },
    (columns) =>
      db
        .select(columns)
        .from(statementsOfReasons)
        .innerJoin(post, and(eq(post.id, statementsOfReasons.postId), sql`${post.hiddenAt} is not null and ${statementsOfReasons.action} = 'hidden'`))
        .innerJoin(words, eq(words.id, statementsOfReasons.postId))
        .where(can(viewer, 'forum.moderate') ? undefined : or(eq(post.authorId, viewer.id ?? ''), peers))
        .as('reasons'),
  );
};

const SENSITIVITY = sql<'off' | 'low' | 'medium' | 'high' | null>`(select value ->> 'sensitivity' from settings where key = 'moderation_rules')`.as('sensitivity');
const HEAVY = sql<string | null>`(select value ->> 'heavy' from settings where key = 'moderation_rules')`.as('heavy_flags');
const HIGH = sql<number | null>`(select value ->> 'high' from settings where key = 'flags_learned')`.as('high_flags');

/** For weighing a flag: since when the viewer is here, how far they are trusted, what came of the flags they gave, which reports count more here, and how much it takes to hide a post. */
export const flagger = (db: Database, viewer: Viewer) => {
  const came = (outcome: string) => sql<number>`(select count(*) from flags where author_id = ${viewer.id ?? ''} and outcome = ${outcome})`;
  return slim(
    { id: users.id, createdAt: users.createdAt, level: levelOf(viewer.id).as('flagger_level'), least: leastLevels, sensitivity: SENSITIVITY, heavy: HEAVY, high: HIGH, agreed: came('agree').as('agreed'), disagreed: came('disagree').as('disagreed') },
    (columns) => db.select(columns).from(users).where(eq(users.id, viewer.id ?? '')).as('flagger'),
  );
};
