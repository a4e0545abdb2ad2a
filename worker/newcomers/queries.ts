import { asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { standings, writtenBy } from '../sanctions/access.ts';
import { visibleNewcomers } from './access.ts';

const versionOf = (newcomer: ReturnType<typeof visibleNewcomers>) => revisionOf(sql`'newcomer ' || ${newcomer.userId}`).as('version');

/** New people to look at, the oldest first; their address for who sanctions people. */
export const newcomersToDo = many(
  written(
    (limit: number) => ({ limit }),
    (db, viewer, { limit }) => {
      const [newcomer, person, claimer] = [visibleNewcomers(db, viewer), standings(db, viewer), authors(db, 'claimer')];
      return db
        .select({
          id: newcomer.userId, signs: newcomer.signs, openedAt: newcomer.openedAt, claimedBy: newcomer.claimedBy, claimer: claimer.name, name: person.name, handle: person.handle, email: person.email,
          waiting: sql<number>`(select count(*) from held_posts where author_id = ${newcomer.userId} and status = 'waiting')`.as('waiting'), version: versionOf(newcomer),
        })
        .from(newcomer)
        .innerJoin(person, eq(person.id, newcomer.userId))
        .leftJoin(claimer, eq(claimer.id, newcomer.claimedBy))
        .where(eq(newcomer.status, 'open'))
        .orderBy(asc(newcomer.openedAt), asc(newcomer.userId))
        .limit(limit);
    },
  ),
);

/** Whom moderators looked at lately, the newest first. */
export const newcomersDone = many(
  written(
    (limit: number) => ({ limit }),
    (db, viewer, { limit }) => {
      const [newcomer, person, decider] = [visibleNewcomers(db, viewer), authors(db), authors(db, 'decider')];
      return db
        .select({ id: newcomer.userId, status: newcomer.status, decidedAt: newcomer.decidedAt, name: person.name, handle: person.handle, decider: decider.name })
        .from(newcomer)
        .innerJoin(person, eq(person.id, newcomer.userId))
        .leftJoin(decider, eq(decider.id, newcomer.decidedBy))
        .where(ne(newcomer.status, 'open'))
        .orderBy(desc(newcomer.decidedAt), desc(newcomer.userId))
        .limit(limit);
    },
  ),
);

/** Somebody new, as a moderator takes them to look at. */
export const newcomerToClaim = one((db, viewer, id: string) => {
  const newcomer = visibleNewcomers(db, viewer);
  return db.select({ id: newcomer.userId, status: newcomer.status, claimedBy: newcomer.claimedBy, version: versionOf(newcomer) }).from(newcomer).where(eq(newcomer.userId, id)).limit(1);
});

/** Some new people as they are decided about, with all that rejecting takes from view. */
export const newcomersToDecide = many((db, viewer, ids: string[]) => {
  const [newcomer, person] = [visibleNewcomers(db, viewer), standings(db, viewer)];
  return db
    .select({
      id: person.id, name: person.name, handle: person.handle, role: person.role, permissions: person.permissions, anonymisedAt: person.anonymisedAt, email: person.email, silencedUntil: person.silencedUntil,
      ...writtenBy, revision: revisionOf(sql`standings.id`).as('revision'), status: newcomer.status, claimedBy: newcomer.claimedBy, version: versionOf(newcomer),
    })
    .from(newcomer)
    .innerJoin(person, eq(person.id, newcomer.userId))
    .where(inArray(newcomer.userId, ids));
});
