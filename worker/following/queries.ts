import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import { categoriesOfTopics, placesWithin, visibleCategories, visibleTopics } from '../forum/access.ts';
import { visibleGroups } from '../groups/access.ts';
import { isToldOfTopic } from '../notifications/access.ts';
import { authors } from '../people/access.ts';
import { many, maybe, minding, one } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { mayHaveEach, type Part } from '../platform/viewer.ts';
import { givenVotes, noVotes } from '../posts/access.ts';
import { waitingIn } from '../screening/access.ts';
import { mainOf } from '../tags/access.ts';
import { followed, levelOfTopic, notHeard, ownFollows, ownIgnored, ownReads, partsOfReader, type ReaderPart, readTo, setForSome, topicsNear, visibleDefaults } from './access.ts';
import type { Level } from './input.ts';

/** With its table, which drizzle leaves out where there is only one: inside a subquery it would be another’s. */
const idOfTopic = sql`topics.id`;

/** How the viewer stands to a topic, asking for nothing that they have none of. */
const reading = written(
  (number: number, first: number, last: number, has: Record<Part, boolean>) => ({ number, first, last, ...has }),
  (db, viewer, { number, first, last, ignored, held, drafts, votes, follows, told, files }) => {
    const topic = visibleTopics(db, viewer);
    return db
      .select({
        id: topic.id, lastRead: readTo(viewer, idOfTopic), level: follows ? levelOfTopic(viewer, idOfTopic) : nothing(null), isTold: told ? isToldOfTopic(viewer, idOfTopic) : nothing(false), ignored: ignored ? notHeard(db, viewer) : nothing<string[]>([]),
        waiting: held ? waitingIn(viewer, idOfTopic).as('held_here') : nothing(0), votes: votes ? givenVotes(viewer, idOfTopic, first, last) : nothing(noVotes), has: drafts || files ? partsOfReader(viewer, idOfTopic) : nothing<ReaderPart[]>([]),
      })
      .from(topic)
      .where(eq(topic.number, number));
  },
);

/** How the viewer stands to a topic: how far they read it, how closely they follow it, whether they were told of it and have not seen that, how much they wrote that waits to be published, whose posts they want folded, whether they have begun to write and keep files here, and how they voted on the posts from `first` to `last`. No row for one that they cannot see. */
export const readingOfTopic = minding(maybe((db, viewer, number: number, first: number = 1, last: number = 20) => reading(db, viewer, number, first, last, mayHaveEach(viewer))));

/** How closely the viewer follows a category, by its slug, and whether that was set for them. */
export const followOfCategory = maybe(
  written(
    (slug: string) => ({ slug }),
    (db, viewer, { slug }) => {
      const category = visibleCategories(db, viewer);
      return db.select({ id: category.id, ...followed(viewer, category.id) }).from(category).where(eq(category.slug, slug)).limit(1);
    },
  ),
);

/** How closely the viewer follows a tag, and whether that was set for them. */
export const followOfTag = one(
  written(
    (tag: string) => ({ target: `tag:${tag}` }),
    (db, viewer, { target }) => db.select(followed(viewer, sql`${target}`)).from(sql`(select 1)`),
  ),
);

/** What a change of following is about: the id to follow. Exactly one row, when the viewer can see it. */
export const targetToFollow = one((db, viewer, kind: 'topic' | 'category' | 'tag', target: string) => {
  if (kind === 'tag') return db.select({ id: sql<string>`'tag:' || ${mainOf(target)}`.as('id') }).from(sql`(select 1)`);
  const [topic, category] = [visibleTopics(db, viewer), visibleCategories(db, viewer)];
  if (kind === 'category') return db.select({ id: category.id }).from(category).where(eq(category.slug, target)).limit(1);
  return db.select({ id: topic.id }).from(topic).where(eq(topic.number, Number(target) || 0)).limit(1);
});

/** A topic as it is read: its id, and how long it is. */
export const topicToRead = one((db, viewer, number: number) => {
  const topic = visibleTopics(db, viewer);
  return db.select({ id: topic.id, postsCount: topic.postsCount }).from(topic).where(eq(topic.number, number)).limit(1);
});

/** Milliseconds in which something was written in a category or under a tag that it is among the unread. */
const LATELY = 14 * DAY;

/** Topics that the viewer has not read to the end, newest word first, at most `limit`: those they follow, and those of the last two weeks in categories and under tags that they do, but none that they muted; all, or those of a category, by its slug, and of all below it, or only of that. */
export const unreadTopics = many(
  written(
    (limit: number, now: number, { category, isOnlyHere = false }: { category?: string | undefined; isOnlyHere?: boolean } = {}) => ({ limit, since: now - LATELY, place: category, isOnlyHere }),
    (db, viewer, { limit, since, place, isOnlyHere }) => {
      const [follow, read, topic, category, author] = [ownFollows(db, viewer), ownReads(db, viewer), visibleTopics(db, viewer), categoriesOfTopics(db, viewer), authors(db)];
      return db
        .select({
          id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, postsCount: topic.postsCount, acceptedPostId: topic.acceptedPostId, problemState: topic.problemState, lastPostAt: topic.lastPostAt,
          category: category.name, categorySlug: category.slug, author: author.name, lastRead: read.lastRead,
        })
        .from(sql`(select target as id from follows where user_id = ${viewer.id ?? ''} union select id from ${topicsNear(viewer, since)}) wanted`)
        .crossJoin(topic)
        .innerJoin(category, eq(category.id, topic.categoryId))
        .innerJoin(author, eq(author.id, topic.authorId))
        .leftJoin(follow, eq(follow.target, topic.id))
        .leftJoin(read, eq(read.topicId, topic.id))
        .where(and(sql`${topic.id} = wanted.id`, place && sql`${topic.categoryId} in ${placesWithin(viewer, { category: sql`${place}`, isOnlyHere })}`, sql`${follow.level} is not 'muted'`, sql`${topic.postsCount} > coalesce(${read.lastRead}, 0)`))
        .orderBy(desc(topic.lastPostAt), desc(topic.id))
        .limit(limit);
    },
  ),
);

/** Everything that the viewer follows by hand or by writing, with its name where it has one. */
export const everythingFollowed = many((db, viewer, limit: number) => {
  const [follow, topic, category] = [ownFollows(db, viewer), visibleTopics(db, viewer), visibleCategories(db, viewer)];
  return db
    .select({ target: follow.target, level: follow.level, topic: topic.title, number: topic.number, slug: topic.slug, category: category.name, categorySlug: category.slug })
    .from(follow)
    .leftJoin(topic, eq(topic.id, follow.target))
    .leftJoin(category, eq(category.id, follow.target))
    .where(ne(follow.level, 'normal'))
    .orderBy(asc(follow.target))
    .limit(limit);
});

/** The categories and tags whose level was set for the viewer, and that they have chosen nothing for. */
export const everythingSet = many(
  written(
    () => ({}),
    (db, viewer) => {
      const category = visibleCategories(db, viewer);
      const { level, isSet } = followed(viewer, sql`set_for.target`);
      return db
        .select({ target: sql<string>`set_for.target`.as('target'), level: sql<Level>`${level.sql}`.as('follow_level'), category: category.name, categorySlug: category.slug })
        .from(sql`${setForSome} set_for`)
        .leftJoin(category, eq(category.id, sql`set_for.target`))
        .where(and(isSet.sql, sql`${level.sql} is not null`))
        .orderBy(sql`set_for.target`);
    },
  ),
);

/** What is set for others, by what it is about. */
export const allDefaults = many((db, viewer) => {
  const one = visibleDefaults(db, viewer);
  return db.select({ target: one.target, groupId: one.groupId, level: one.level, createdAt: one.createdAt, group: one.group, category: one.category }).from(one).orderBy(asc(one.target), asc(one.groupId));
});

/** What setting a default is decided on: whether there are such a group and category, the tag that a word means, and how many defaults there are. Always one row. */
export const defaultToSet = one((db, viewer, group: string, category: string, tag: string) => {
  const [found, kept, some] = [visibleCategories(db, viewer), visibleGroups(db, viewer), visibleDefaults(db, viewer)];
  return db
    .select({ groupId: kept.id, categoryId: found.id, tag: sql<string>`${mainOf(tag)}`.as('main_tag'), count: sql<number>`(select count(*) from ${some})`.as('defaults_count') })
    .from(sql`(select 1)`)
    .leftJoin(kept, eq(kept.id, group))
    .leftJoin(found, eq(found.slug, category));
});

/** Somebody as they are ignored. */
export const personToIgnore = one((db, _viewer, handle: string) => {
  const person = authors(db);
  return db.select({ id: person.id, role: person.role }).from(person).where(eq(person.handle, handle)).limit(1);
});

/** How much the viewer wants to hear of somebody; undefined: everything. */
export const hearingOf = maybe((db, viewer, handle: string) => {
  const one = ownIgnored(db, viewer);
  return db.select({ level: one.level }).from(one).where(eq(one.handle, handle)).limit(1);
});

/** Whom the viewer does not want to hear, at most `limit`, by name. */
export const everybodyIgnored = many((db, viewer, limit: number) => {
  const one = ownIgnored(db, viewer);
  return db.select({ name: one.name, handle: one.handle, level: one.level }).from(one).orderBy(asc(one.name), asc(one.handle)).limit(limit);
});
