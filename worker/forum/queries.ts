import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { votedOn, votesOn } from '../ideas/access.ts';
import { ownReads } from '../following/access.ts';
import { authors } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { remembered } from '../platform/kept.ts';
import { many, one, onward, onwardByNumber, page, type Slice } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { REMOVED } from '../platform/removed.ts';
import { written } from '../platform/statement.ts';
import { above, categoriesOfTopics, firstWithin, type PostPart, partsOf, placesWithin, visibleCategories, visiblePosts, visibleTopics, visibleTopicTags } from './access.ts';
import type { kinds } from './input.ts';
import { markOfTopic } from './screen.ts';

export type { PostPart };

/** Posts on one page of a topic. */
export const POSTS_A_PAGE = 20;
/** Posts that a post is shown to be quoted in, at most. */
const QUOTES = 20;

export const allCategories = many(
  written(
    () => ({}),
    (db, viewer) => {
      const category = visibleCategories(db, viewer);
      return db.select().from(category).orderBy(asc(category.position), asc(category.name));
    },
  ),
);

export const categoryBySlug = one(
  written(
    (slug: string) => ({ slug }),
    (db, viewer, { slug }) => {
      const category = visibleCategories(db, viewer);
      return db.select().from(category).where(eq(category.slug, slug)).limit(1);
    },
  ),
);

/** A topic with its category and author, and which parts of its page there may be something for; what a topic page starts with. What its category is part of is told where that is wanted. */
export const topicByNumber = remembered(
  one(
    written(
      (number: number, isNested = true) => ({ number, isNested }),
      (db, viewer, { number, isNested }) => {
        const [topic, category, author] = [visibleTopics(db, viewer), categoriesOfTopics(db, viewer), authors(db)];
        return db
          .select({
            id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, tags: topic.tags, postsCount: topic.postsCount, authorId: topic.authorId,
            acceptedPostId: topic.acceptedPostId, problemState: topic.problemState, lockedAt: topic.lockedAt, slowSeconds: topic.slowSeconds, votesFrozenAt: topic.votesFrozenAt, teamOnlyAt: topic.teamOnlyAt, createdAt: topic.createdAt, lastPostAt: topic.lastPostAt, importId: topic.importId, has: partsOf(topic),
            category: { id: category.id, slug: category.slug, name: category.name, mayReply: category.mayReply, isListed: category.isListed, parentId: category.parentId, above: (isNested ? above(topic.categoryId) : nothing<{ slug: string; name: string }[]>([])).as('above') },
            author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
          })
          .from(topic)
          .innerJoin(category, eq(category.id, topic.categoryId))
          .innerJoin(author, eq(author.id, topic.authorId))
          .where(eq(topic.number, number))
          .limit(1);
      },
    ),
  ),
  markOfTopic,
);

/** With its table, which drizzle leaves out where there is only one: inside a subquery it would be another’s. */
const idOfTopic = sql`topics.id`;

/** How a topic stands: its votes, whether the viewer's is among them, and how often it was changed. */
export const standingOfTopic = one((db, viewer, number: number) => {
  const topic = visibleTopics(db, viewer);
  return db
    .select({ id: topic.id, votes: votesOn(idOfTopic).as('votes'), voted: votedOn(idOfTopic, viewer).as('voted'), revision: revisionOf(idOfTopic).as('revision') })
    .from(topic)
    .where(eq(topic.number, number))
    .limit(1);
});

/** Whether what few posts have is asked for. */
export type Seldom = Record<PostPart, boolean>;
const ALL: Seldom = { reports: true, attached: true, quotes: true };

const postColumns = (post: ReturnType<typeof visiblePosts>, author: ReturnType<typeof authors>, { reports, attached, quotes }: Seldom) => ({
  id: post.id,
  number: post.number,
  createdAt: post.createdAt,
  editedAt: post.editedAt,
  removed: post.removed,
  removedAt: post.removedAt,
  ups: post.ups,
  downs: post.downs,
  has: post.has,
  quotedIn: (quotes ? sql`(select json_group_array(n) from (select p.number as n from post_quotes q join posts p on p.id = q.post_id where q.source_id = ${post.id} limit ${QUOTES}))`.mapWith((list: string) => JSON.parse(list) as number[]) : nothing<number[]>([])).as('quoted_in'),
  hiddenAt: post.hiddenAt,
  isReported: reports ? post.isReported : nothing(false),
  acceptedAt: post.acceptedAt,
  attachments: attached ? post.attachments : nothing<typeof post.attachments._.type>([]),
  ...drawing(post),
  author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
});

/**
 * The posts of page n of a topic, a range of numbers, so that page 500 costs what page 1 costs; and the answers that solved it, which may be on other pages, unless it
 * is known to have none. As everybody sees them: what is the viewer's own is asked for beside them. What few posts have is told where it is asked for; each post tells what it may have.
 */
export const postsOfTopic = remembered(
  many(
    written(
      (number: number, pageNumber: number, isAnswered = true, seldom: Seldom = ALL) => ({ number, isAnswered, seldom, first: (pageNumber - 1) * POSTS_A_PAGE + 1, last: pageNumber * POSTS_A_PAGE }),
      (db, viewer, { number, isAnswered, seldom, first, last }) => {
        const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer, true), authors(db)];
        const here = db.select({ id: topic.id }).from(topic).where(eq(topic.number, number));
        const posts = (from: typeof db | ReturnType<typeof db.with>) => from.select(postColumns(post, author, seldom)).from(post).innerJoin(author, eq(author.id, post.authorId)).orderBy(asc(post.number));
        if (!isAnswered) return posts(db).where(sql`${post.topicId} = ${here} and ${post.number} between ${first} and ${last}`);
        const once = db.$with('here').as(here);
        return posts(db.with(once))
          .where(sql`${post.id} in (select id from posts where topic_id = (select id from ${once}) and number between ${first} and ${last} union all select id from posts where topic_id = (select id from ${once}) and accepted_at is not null)`);
      },
    ),
  ),
  markOfTopic,
);

/** The posts of a topic as they were typed, for the API. */
export const postsPage = page(
  ({ number }: { number: number }) => [number],
  written(
    (slice: Slice, number: number) => ({ number, ...onwardByNumber(slice) }),
    (db, viewer, { number, from, most }) => {
      const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
      return db
        .select({ id: post.id, number: post.number, body: post.body, createdAt: post.createdAt, editedAt: post.editedAt, removed: post.removed, ups: post.ups, downs: post.downs, acceptedAt: post.acceptedAt, attachments: post.attachments, importId: post.importId, author: { id: author.id, name: author.name, handle: author.handle, role: author.role } })
        .from(post)
        .innerJoin(author, eq(author.id, post.authorId))
        .where(and(eq(post.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))), from && gt(post.number, from)))
        .orderBy(asc(post.number))
        .limit(most);
    },
  ),
);

/** A post of a topic, for saying that it solved it. */
export const postWithTopic = one((db, viewer, number: number, id: string) => {
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({ id: post.id, number: post.number, topicId: topic.id, topicNumber: topic.number, categoryId: topic.categoryId, authorId: topic.authorId, acceptedAt: post.acceptedAt, removed: post.removed, answers: sql<number>`(select count(*) from posts where topic_id = ${topic.id} and accepted_at is not null)`.as('answers'), revision: revisionOf(topic.id) })
    .from(topic)
    .innerJoin(post, eq(post.topicId, topic.id))
    .where(and(eq(topic.number, number), eq(post.id, id)))
    .limit(1);
});

export interface TopicFilter {
  /** A slug: its topics, and those of all categories below it. */
  category?: string | undefined;
  /** Not those of categories below. */
  isOnlyHere?: boolean;
  unanswered?: boolean;
  /** Questions and problems without an accepted answer. */
  unsolved?: boolean;
  tag?: string | undefined;
  author?: string | undefined;
  /** Those that stand first in the category, or those that do not. */
  pinned?: boolean | undefined;
  kind?: (typeof kinds)[number] | undefined;
}

interface TopicRow {
  id: string;
  sort: number;
}

const valuesOf = (slice: Slice, { category, isOnlyHere = false, unanswered = false, unsolved = false, tag, author, pinned }: TopicFilter) => {
  const [isWide, byAge] = [!!category && !isOnlyHere && pinned !== true, unanswered || author !== undefined];
  return { category: category || undefined, tag: tag || undefined, author, isWide, isMerged: isWide && !tag && author === undefined, unanswered, unsolved, pinned, byAge, ...onward(slice) };
};

/** Topics, newest word first; unanswered ones by age. Removed ones that nobody answered are not listed. Filters narrow it, each by an index of its own; a category with others below it by one range of it for each. */
export const topicsPage = page(
  ({ sort, id }: TopicRow) => [sort, id],
  written(valuesOf, (db, viewer, { category, isWide, isMerged, unanswered, unsolved, tag, author: authorId, byAge, pinned, at, last, most }) => {
    const [topic, inCategory, author, link] = [visibleTopics(db, viewer), categoriesOfTopics(db, viewer), authors(db), visibleTopicTags(db, viewer)];
    const inOrder = ({ pinnedAt, createdAt, lastPostAt }: typeof topic) => (pinned ? pinnedAt : byAge ? createdAt : lastPostAt);
    const order = tag && !byAge && !pinned ? link.lastPostAt : isMerged ? sql`+${inOrder(topic)}` : inOrder(topic);
    const id = tag && !byAge ? link.topicId : topic.id;
    const read = ownReads(db, viewer);
    const here = db.select({ id: inCategory.id }).from(inCategory).where(sql`${inCategory.slug} = ${category}`);
    const listed = ({ title, kind, postsCount, acceptedPostId, problemState, pinnedAt, categoryId }: typeof topic) => [
      unanswered ? sql`${postsCount} = 1 and ${kind} <> 'announcement'` : undefined,
      unsolved ? sql`${acceptedPostId} is null and ${kind} in ('question', 'problem') and ${problemState} is not 'fixed'` : undefined,
      sql`(${title} <> ${sql.raw(`'${REMOVED.title}'`)} or ${postsCount} > 1)`,
      pinned === undefined ? undefined : pinned ? isNotNull(pinnedAt) : isWide ? sql`(${pinnedAt} is null or ${categoryId} <> ${here})` : isNull(pinnedAt),
    ];
    const within = { category: sql`${category}`, isOnlyHere: false };
    const merged = () => firstWithin(db, viewer, { within, where: (one) => and(...listed(one)), order: inOrder, at: at && sql`${at}`, last: last && sql`${last}`, most });
    const list = db
      .select({
        id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, postsCount: topic.postsCount, acceptedPostId: topic.acceptedPostId, problemState: topic.problemState, lastPostAt: topic.lastPostAt, pinnedAt: topic.pinnedAt, tags: topic.tags,
        createdAt: topic.createdAt, importId: topic.importId, sort: sql<number>`${order}`.as('sort'), category: inCategory.name, categorySlug: inCategory.slug, author: author.name, handle: author.handle,
        lastRead: viewer.id === null ? sql<number | null>`null`.as('last_read') : read.lastRead,
      })
      .from(topic)
      .innerJoin(inCategory, eq(inCategory.id, topic.categoryId))
      .innerJoin(author, eq(author.id, topic.authorId))
      .$dynamic();
    if (viewer.id !== null) list.leftJoin(read, eq(read.topicId, topic.id));
    const narrowed = and(category && (isWide ? sql`${topic.categoryId} in ${placesWithin(viewer, within)}` : eq(topic.categoryId, here)), authorId && eq(topic.authorId, authorId), ...listed(topic), at && last && sql`(${order}, ${id}) < (${at}, ${last})`);
    return (tag ? list.innerJoin(link, and(eq(link.topicId, topic.id), eq(link.tag, tag))) : list)
      .where(isMerged ? sql`${topic.id} in (with recursive ${merged()} select id from queue)` : narrowed)
      .orderBy(desc(order), desc(id))
      .limit(most);
  }),
);

/** What somebody wrote lately: their newest posts, with the topics they are in. */
export const postsByAuthor = many((db, viewer, handle: string, limit: number) => {
  const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
  return db
    .select({ id: post.id, number: post.number, createdAt: post.createdAt, excerpt: sql<string>`substr(${post.body}, 1, 240)`.as('excerpt'), topic: topic.title, topicNumber: topic.number, slug: topic.slug })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .where(and(eq(post.authorId, db.select({ id: author.id }).from(author).where(eq(author.handle, handle))), isNull(post.removed)))
    .orderBy(desc(post.createdAt), desc(post.id))
    .limit(limit);
});
