import { and, asc, desc, eq, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { ownReads } from '../following/access.ts';
import { categoriesOfTopics, visiblePosts, visibleTopics } from '../forum/access.ts';
import { groupsOf, visibleGroups } from '../groups/access.ts';
import { authors, colleagues } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onlyIf, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { knowsAssignments, visibleAssignments } from './access.ts';

/** A topic as it is given to somebody: who has it now, whom or what group that the viewer knows the id names, and the post at a place of it; each null where there is none. */
export const topicToAssign = one((db, viewer, number: number, assignee: string, place: number) => {
  const [topic, held, person, group, post] = [visibleTopics(db, viewer), visibleAssignments(db, viewer), colleagues(db), visibleGroups(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({
      id: topic.id, number: topic.number, categoryId: topic.categoryId, revision: revisionOf(topic.id).as('revision'), personId: person.id, group: group.id, post: post.id,
      userId: held.userId, groupId: held.groupId, postId: held.postId, status: held.status, remindAt: held.remindAt, isMine: held.isMine,
    })
    .from(topic)
    .leftJoin(held, eq(held.topicId, topic.id))
    .leftJoin(person, eq(person.id, assignee))
    .leftJoin(group, eq(group.id, assignee))
    .leftJoin(post, and(eq(post.topicId, topic.id), eq(post.number, place)))
    .where(eq(topic.number, number))
    .limit(1);
});

const told = (db: Database, viewer: Viewer) => {
  const [topic, held, person, group, post] = [visibleTopics(db, viewer), visibleAssignments(db, viewer), authors(db, 'holder'), visibleGroups(db, viewer), visiblePosts(db, viewer)];
  const columns = { userId: held.userId, groupId: held.groupId, person: person.name, group: group.name, status: held.status, remindAt: held.remindAt, assignedAt: held.assignedAt, isMine: held.isMine, place: sql<number | null>`${post.number}`.as('about_place') };
  return { topic, held, person, group, post, columns };
};

/** Who looks after a topic, how far that is, and which post it is about; nothing where nobody does, and for those who do not work here. */
export const assignmentOfTopic = maybe(
  onlyIf(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const { topic, held, person, group, post, columns } = told(db, viewer);
        return db
          .select(columns)
          .from(topic)
          .innerJoin(held, eq(held.topicId, topic.id))
          .leftJoin(person, eq(person.id, held.userId))
          .leftJoin(group, eq(group.id, held.groupId))
          .leftJoin(post, and(eq(post.id, held.postId), eq(post.topicId, topic.id)))
          .where(eq(topic.number, number))
          .limit(1);
      },
    ),
    (viewer) => knowsAssignments(viewer),
  ),
);

/** Ids of the last topics that the viewer and each group of theirs looked after and that are done, as a subquery. */
function lastDone(db: Database, viewer: Viewer, after: SQL | undefined, most: SQLWrapper) {
  const [one, held] = [visibleAssignments(db, viewer), visibleAssignments(db, viewer)];
  const last = (whose: SQL) => db.select({ id: one.topicId }).from(one).where(and(whose, eq(one.status, sql`'done'`), after && sql`(${one.assignedAt}, ${one.topicId}) < ${after}`)).orderBy(desc(one.assignedAt), desc(one.topicId)).limit(sql`${most}` as never);
  return sql`(select * from ${last(sql`${one.userId} = ${viewer.id ?? ''}`)} union all select ${held.topicId} from ${groupsOf(viewer.id)} g cross join ${held} where ${held.topicId} in ${last(sql`${one.groupId} = g.group_id`)})`;
}

/** The topics that the viewer or a group of theirs looks after and that are not done, or those that are, what was given last first. */
export const topicsToLookAfter = page(
  ({ sort, id }: { sort: number; id: string }) => [sort, id],
  onlyIf(
    written((slice: Slice, isDone = false) => ({ isDone, ...onward(slice) }), (db, viewer, { isDone, at, last, most }) => {
      const { topic, held, person, group, post, columns } = told(db, viewer);
      const going = sql`${held.status} in ('open', 'doing')`;
      const after = at && last ? sql`(${at}, ${last})` : undefined;
      const [category, author, read] = [categoriesOfTopics(db, viewer), authors(db), ownReads(db, viewer)];
      return db
        .select({
          id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, kind: topic.kind, postsCount: topic.postsCount, acceptedPostId: topic.acceptedPostId, problemState: topic.problemState, lastPostAt: topic.lastPostAt,
          category: category.name, author: author.name, lastRead: read.lastRead, sort: sql<number>`${held.assignedAt}`.as('sort'), ...columns,
        })
        .from(held)
        .innerJoin(topic, eq(topic.id, held.topicId))
        .innerJoin(category, eq(category.id, topic.categoryId))
        .innerJoin(author, eq(author.id, topic.authorId))
        .leftJoin(read, eq(read.topicId, topic.id))
        .leftJoin(person, eq(person.id, held.userId))
        .leftJoin(group, eq(group.id, held.groupId))
        .leftJoin(post, and(eq(post.id, held.postId), eq(post.topicId, topic.id)))
        .where(isDone ? sql`${held.topicId} in ${lastDone(db, viewer, after, most)}` : and(or(and(eq(held.userId, viewer.id ?? ''), going), and(sql`${held.groupId} in ${groupsOf(viewer.id)}`, going)), after && sql`(${held.assignedAt}, ${held.topicId}) < ${after}`))
        .orderBy(desc(held.assignedAt), desc(held.topicId))
        .limit(most);
    }),
    (viewer) => knowsAssignments(viewer),
  ),
);

/** The groups that a topic can be given to, by name: for the desk, which knows them. */
export const groupsToChoose = many(
  onlyIf(
    written(
      () => ({}),
      (db, viewer) => {
        const group = visibleGroups(db, viewer);
        return db.select({ id: group.id, name: group.name }).from(group).orderBy(asc(group.name));
      },
    ),
    (viewer) => knowsAssignments(viewer) || can(viewer, 'tickets.see'),
  ),
);
