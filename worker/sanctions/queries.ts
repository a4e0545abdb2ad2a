import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { visibleCategories, visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { appealsOf, publicLog, standings, visibleSanctions, visibleStatements, writtenBy } from './access.ts';

/** With its table: inside a subquery a bare column would be another’s. */
const ID = sql`standings.id`;

/** Somebody by handle, as a sanction of them is decided on. How they stand is null for who sanctions nobody. */
export const personToSanction = one((db, viewer, handle: string) => {
  const person = standings(db, viewer);
  return db
    .select({
      id: person.id, name: person.name, handle: person.handle, role: person.role, permissions: person.permissions, anonymisedAt: person.anonymisedAt, createdAt: person.createdAt,
      suspendedAt: person.suspendedAt, suspendedUntil: person.suspendedUntil, silencedUntil: person.silencedUntil, revision: revisionOf(ID).as('revision'),
    })
    .from(person)
    .where(eq(person.handle, handle))
    .limit(1);
});

/** What was done to somebody, the newest first, as far as the viewer may know. */
export const sanctionsOf = many((db, viewer, handle: string, limit: number) => {
  const [sanction, person, by] = [visibleSanctions(db, viewer), standings(db, viewer), authors(db, 'by')];
  return db
    .select({ id: sanction.id, kind: sanction.kind, code: sanction.code, words: sanction.words, note: sanction.note, by: by.name, isAutomatic: sanction.isAutomatic, until: sanction.until, createdAt: sanction.createdAt, liftedAt: sanction.liftedAt, liftWords: sanction.liftWords })
    .from(sanction)
    .leftJoin(by, eq(by.id, sanction.byId))
    .where(eq(sanction.userId, db.select({ id: person.id }).from(person).where(eq(person.handle, handle))))
    .orderBy(desc(sanction.createdAt), desc(sanction.id))
    .limit(limit);
});

/** A sanction as it is lifted. */
export const sanctionToLift = one((db, viewer, id: string) => {
  const [sanction, person] = [visibleSanctions(db, viewer), standings(db, viewer)];
  return db
    .select({ id: sanction.id, userId: sanction.userId, kind: sanction.kind, code: sanction.code, createdAt: sanction.createdAt, until: sanction.until, liftedAt: sanction.liftedAt, handle: person.handle, role: person.role, permissions: person.permissions, revision: revisionOf(person.id).as('revision') })
    .from(sanction)
    .innerJoin(person, eq(person.id, sanction.userId))
    .where(eq(sanction.id, id))
    .limit(1);
});

/** Somebody with all that deleting them as a spammer does: what they wrote, what was accepted of it, where they came from, and the text of their posts. */
export const spammerToDelete = one((db, viewer, handle: string) => {
  const person = standings(db, viewer);
  return db
    .select({
      id: person.id, name: person.name, handle: person.handle, role: person.role, permissions: person.permissions, anonymisedAt: person.anonymisedAt, email: person.email, suspendedAt: person.suspendedAt, suspendedUntil: person.suspendedUntil,
      ...writtenBy,
      revision: revisionOf(ID).as('revision'),
    })
    .from(person)
    .where(eq(person.handle, handle))
    .limit(1);
});

/** Decisions about the viewer, the newest first. */
export const myStatements = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(onward as (slice: Slice) => ReturnType<typeof onward>, (db, viewer, { at, last, most }) => {
    const [statement, appeal] = [visibleStatements(db, viewer), appealsOf(db)];
    return db
      .select({ id: statement.id, action: statement.action, kinds: statement.kinds, isAutomatic: statement.isAutomatic, createdAt: statement.createdAt, appealUntil: statement.appealUntil, withdrawnAt: statement.withdrawnAt, appeal: appeal.status })
      .from(statement)
      .leftJoin(appeal, eq(appeal.statementId, statement.id))
      .where(and(eq(statement.userId, viewer.id ?? ''), at && last && sql`(${statement.createdAt}, ${statement.id}) < (${at}, ${last})`))
      .orderBy(desc(statement.createdAt), desc(statement.id))
      .limit(most);
  }),
);

/** One decision about somebody, with where it was, how long it lasts, and what they said against it. `key` is that of the letter. */
export const statementById = one((db, viewer, id: string, key: string) => {
  const [statement, appeal, topic, post] = [visibleStatements(db, viewer, key), appealsOf(db), visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({
      id: statement.id, action: statement.action, kinds: statement.kinds, words: statement.words, isAutomatic: statement.isAutomatic, createdAt: statement.createdAt, appealUntil: statement.appealUntil, withdrawnAt: statement.withdrawnAt, isTheirs: statement.isTheirs,
      until: sql<Date | null>`(select until from sanctions where id = ${statement.sanctionId})`.mapWith((at: number) => new Date(at)).as('until'), userId: statement.userId,
      topic: { number: topic.number, slug: topic.slug, title: topic.title }, place: post.number,
      appeal: { id: appeal.id, words: appeal.words, status: appeal.status, answer: appeal.answer, createdAt: appeal.createdAt, decidedAt: appeal.decidedAt },
    })
    .from(statement)
    .leftJoin(appeal, eq(appeal.statementId, statement.id))
    .leftJoin(post, eq(post.id, statement.postId))
    .leftJoin(topic, sql`${topic.id} = coalesce(${statement.topicId}, ${post.topicId})`)
    .where(eq(statement.id, id))
    .limit(1);
});

/** What the public log tells, the newest first. The category of a line is named to who sees it. */
export const logPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(onward as (slice: Slice) => ReturnType<typeof onward>, (db, viewer, { at, last, most }) => {
    const [line, category] = [publicLog(db), visibleCategories(db, viewer)];
    return db
      .select({ id: line.id, action: line.action, rule: line.rule, isAutomatic: line.isAutomatic, category: category.name, createdAt: line.createdAt })
      .from(line)
      .leftJoin(category, eq(category.id, line.categoryId))
      .where(at && last ? sql`(${line.createdAt}, ${line.id}) < (${at}, ${last})` : undefined)
      .orderBy(desc(line.createdAt), desc(line.id))
      .limit(most);
  }),
);

/** How often each thing was done in each month (`2026-01`) since a moment, the oldest first. */
export const logByMonth = many(
  written(
    (since: number) => ({ since }),
    (db, _viewer, { since }) => {
      const line = publicLog(db);
      const month = sql<string>`strftime('%Y-%m', ${line.createdAt} / 1000, 'unixepoch')`;
      return db.select({ month: month.as('month'), action: line.action, count: sql<number>`count(*)`.as('count') }).from(line).where(sql`${line.createdAt} >= ${since}`).groupBy(sql`1`, line.action).orderBy(asc(sql`1`), asc(line.action));
    },
  ),
);

/** A decision as somebody appeals against it. */
export const statementToAppeal = one((db, viewer, id: string, key: string) => {
  const [statement, appeal] = [visibleStatements(db, viewer, key), appealsOf(db)];
  return db
    .select({ id: statement.id, userId: statement.userId, isTheirs: statement.isTheirs, appealUntil: statement.appealUntil, withdrawnAt: statement.withdrawnAt, appealId: appeal.id })
    .from(statement)
    .leftJoin(appeal, eq(appeal.statementId, statement.id))
    .where(eq(statement.id, id))
    .limit(1);
});
