import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { DomainEvent, Setting } from './operation.ts';
import { outbox } from './schema.ts';

/** The revision that the thing with this id has now: how many changes the log tells of it. */
export const revisionOf = (subject: SQL.Aliased | SQL | { getSQL(): SQL } | string) =>
  sql<number>`(select coalesce(max(revision), 0) from outbox where subject = ${subject})`;

/** The statement that announces an event, in the commit that makes it true: by whom, and by which token. Who looks with another's eyes acts as themself. */
export function announced(db: Database, { viewer, now, newId }: Pick<Setting, 'viewer' | 'now' | 'newId'>, { actor, ...event }: DomainEvent) {
  const revision = event.revision ?? sql<number>`${revisionOf(event.subject)} + 1`;
  return db.insert(outbox).values({ ...event, revision, id: newId('evt'), actorId: actor === undefined ? (viewer.viewedBy ?? viewer.id) : actor, tokenId: viewer.token, createdAt: now });
}
