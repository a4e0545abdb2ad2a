import { and, asc, eq, gte } from 'drizzle-orm';
import { visibleAccounts } from '../accounts/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { keptWeights, visibleDays, visibleHealth } from './access.ts';

/** How an account does, with everything that it is made of; undefined where nobody looked yet, or this is not for the viewer. */
export const healthOf = maybe(
  written(
    (id: string) => ({ id }),
    (db, viewer, { id }) => {
      const [health, person] = [visibleHealth(db, viewer), authors(db, 'said_by')];
      return db
        .select({
          day: health.day, computedAt: health.computedAt, score: health.score, uncapped: health.uncapped, coverage: health.coverage, colour: health.colour, parts: health.parts, caps: health.caps, pastDay: health.pastDay, pastScore: health.pastScore, noise: health.noise,
          kind: health.overrideKind, points: health.overridePoints, reason: health.overrideReason, evidence: health.overrideEvidence, at: health.overrideAt, until: health.overrideUntil, by: person.name,
        })
        .from(health)
        .leftJoin(person, eq(person.id, health.overrideBy))
        .where(eq(health.accountId, id))
        .limit(1);
    },
  ),
);

/** What was computed of an account on each day from a day on, oldest first. */
export const daysOfHealth = many(
  written(
    (id: string, from: number) => ({ id, from }),
    (db, viewer, { id, from }) => {
      const day = visibleDays(db, viewer);
      return db.select({ day: day.day, score: day.score, coverage: day.coverage, colour: day.colour, parts: day.parts }).from(day).where(and(eq(day.accountId, id), gte(day.day, from))).orderBy(asc(day.day)).limit(200);
    },
  ),
);

/** How much what counts. */
export const weightsKept = one((db, viewer) => keptWeights(db, viewer));

/** What an override is decided on. */
export const accountToJudge = one((db, viewer, id: string) => {
  const [account, health] = [visibleAccounts(db, viewer), visibleHealth(db, viewer)];
  return db
    .select({
      id: account.id, csmId: account.csmId, shown: account.health, score: health.score, colour: health.colour, coverage: health.coverage, pastScore: health.pastScore, noise: health.noise,
      kind: health.overrideKind, points: health.overridePoints, until: health.overrideUntil, revision: revisionOf(account.id).as('revision'),
    })
    .from(account)
    .innerJoin(health, eq(health.accountId, account.id))
    .where(eq(account.id, id))
    .limit(1);
});
