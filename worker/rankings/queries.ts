import { and, desc, eq, gt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { ownReads } from '../following/access.ts';
import { categoriesOfTopics, firstWithin, visibleTopics, type Within } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { many } from '../platform/query.ts';
import { REMOVED } from '../platform/removed.ts';
import { written } from '../platform/statement.ts';
import { HOUR } from '../platform/time.ts';
import type { Viewer } from '../platform/viewer.ts';

export const periods = ['week', 'month', 'all'] as const;
export type Period = (typeof periods)[number];

/** Topics that a ranking shows. */
const SHOWN = 50;
/** Topics with the newest words among which the hot ones are looked for, and the last posts of each whose authors count. */
const ACTIVE = 500;
const LAST = 30;
const DAY = 24 * HOUR;
const DAYS = { week: 7, month: 30 };

/** Where topics are looked for: in a category, by its slug, and in all below it, or only there. */
interface Place {
  category?: string | undefined;
  isOnlyHere?: boolean;
}

const placeOf = ({ category, isOnlyHere = false }: Place) => ({ category, isOnlyHere });

/** Ranked ids as rows of a topic list, the first first. */
function listed(db: Database, viewer: Viewer, ranked: ReturnType<typeof sql>) {
  const [topic, category, author, read] = [visibleTopics(db, viewer), categoriesOfTopics(db, viewer), authors(db), ownReads(db, viewer)];
  const list = db
    .select({
      id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, postsCount: topic.postsCount, acceptedPostId: topic.acceptedPostId, problemState: topic.problemState, lastPostAt: topic.lastPostAt, likes: topic.likes,
      category: category.name, categorySlug: category.slug, author: author.name, lastRead: viewer.id === null ? sql<number | null>`null`.as('last_read') : read.lastRead,
    })
    .from(sql`(${ranked}) as ranked`)
    .innerJoin(topic, eq(topic.id, sql`ranked.id`))
    .innerJoin(category, eq(category.id, topic.categoryId))
    .innerJoin(author, eq(author.id, topic.authorId))
    .$dynamic();
  if (viewer.id !== null) list.leftJoin(read, eq(read.topicId, topic.id));
  return list.where(or(ne(topic.title, REMOVED.title), gt(topic.postsCount, 1))).orderBy(sql`ranked.score desc, ranked.id desc`);
}

/**
 * What people talk about now: (likes + 3 for an accepted answer + 2 for each person who replied within a week) / (hours of age + 2)^1.4, among the
 * topics with the newest words, in all categories or in one and those below it; of each its last posts count.
 */
export const hotTopics = many(
  written(
    (now: number, within: Place = {}) => ({ now, lately: now - 7 * DAY, ...placeOf(within) }),
    (db, viewer, { now, lately, category, isOnlyHere }) => {
      const topic = visibleTopics(db, viewer);
      const queue = category && firstWithin(db, viewer, { within: { category: sql`${category}`, isOnlyHere }, where: () => undefined, order: (one) => one.lastPostAt, most: ACTIVE });
      const columns = db.select({ id: topic.id, likes: topic.likes, acceptedPostId: topic.acceptedPostId, postsCount: topic.postsCount, lastPostAt: topic.lastPostAt, createdAt: topic.createdAt }).from(topic);
      const newest = (queue ? columns.where(sql`${topic.id} in (select id from queue)`) : columns.orderBy(desc(topic.lastPostAt), desc(topic.id)).limit(ACTIVE)).as('active');
      const repliers = sql`case when ${newest.postsCount} > 1 and ${newest.lastPostAt} > ${lately} then (select count(distinct p.author_id) from posts p where p.topic_id = ${newest.id} and p.number > max(1, ${newest.postsCount} - ${LAST}) and p.created_at > ${lately}) else 0 end`;
      const weight = sql`1.0 * (${newest.likes} + 3 * (${newest.acceptedPostId} is not null) + 2 * ${repliers})`;
      const hours = sql`max(0, ${now} - ${newest.createdAt}) / ${sql.raw(`${HOUR}.0`)} + 2`;
      // libSQL knows no powers: w / h^1.4 falls as w^5 / h^7 does.
      return listed(db, viewer, sql`with recursive ${queue ? sql`${queue}, ` : sql``}weighed as materialized (select ${newest.id} as id, ${weight} as w, ${hours} as h from ${newest}) select id, w * w * w * w * w / (h * h * h * h * h * h * h) as score from weighed order by 2 desc, 1 desc limit ${SHOWN}`);
    },
  ),
);

/** The topics of a period with the most votes for their posts: the best of each of its days, or the best of all. Of one category and those below it only what was voted for. */
export const topTopics = many(
  written(
    (period: Period, now: number, within: Place = {}) => ({ ...placeOf(within), ...(period === 'all' ? { since: undefined, days: undefined } : { since: now - DAYS[period] * DAY, days: JSON.stringify(Array.from({ length: DAYS[period] + 1 }, (_, i) => Math.floor(now / DAY) - i)) }) }),
    (db, viewer, { since, days, category, isOnlyHere }) => {
      if (category) return listed(db, viewer, bestWithin(db, viewer, { category: sql`${category}`, isOnlyHere }, since === undefined ? undefined : { since: sql`${since}`, days: sql`${days}` }));
      const topic = visibleTopics(db, viewer);
      const best = (where?: ReturnType<typeof sql>) => db.select({ id: topic.id, likes: topic.likes }).from(topic).where(where).orderBy(desc(topic.likes), desc(topic.id)).limit(SHOWN);
      if (since === undefined) return listed(db, viewer, sql`select id, likes as score from ${best().as('best')}`);
      const ofDay = db.select({ id: topic.id }).from(topic).where(sql`${dayOf(topic)} = d.value`).orderBy(desc(topic.likes), desc(topic.id)).limit(SHOWN);
      const recent = visibleTopics(db, viewer);
      return listed(db, viewer, sql`select ${recent.id} as id, ${recent.likes} as score from json_each(${days}) d cross join ${recent} where ${and(sql`${recent.id} in (${ofDay})`, gt(recent.createdAt, sql`${since}`))} order by 2 desc, 1 desc limit ${SHOWN}`);
    },
  ),
);

/** As the index has it. */
const dayOf = (topic: ReturnType<typeof visibleTopics>) => sql`${topic.createdAt} / ${sql.raw(String(DAY))}`;

/** What was voted for most in some categories, ever or since a moment within days, as a select of id and score. */
function bestWithin(db: Database, viewer: Viewer, within: Within, during: { since: SQL; days: SQL } | undefined): SQL {
  const topic = visibleTopics(db, viewer);
  const queue = firstWithin(db, viewer, {
    within,
    days: during?.days,
    where: (one, day) => and(during && sql`${dayOf(one)} = ${day} and ${one.createdAt} > ${during.since}`, sql`${one.likes} > 0`),
    order: (one) => one.likes,
    most: SHOWN,
  });
  return sql`with recursive ${queue} select ${topic.id} as id, ${topic.likes} as score from ${topic} where ${topic.id} in (select id from queue)`;
}
