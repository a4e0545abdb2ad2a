import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { DomainEvent, Setting } from './operation.ts';
import { outbox } from './schema.ts';
import { change } from './statement.ts';

/** The revision that the thing with this id has now: how many changes the log tells of it. */
export const revisionOf = (subject: SQL.Aliased | SQL | { getSQL(): SQL } | string) =>
  sql<number>`(select coalesce(max(revision), 0) from outbox where subject = ${subject})`;

type Logged = Pick<typeof outbox.$inferInsert, 'id' | 'type' | 'subject' | 'data' | 'createdAt'> & { revision: number | undefined; actorId: string | null; tokenId: string | null };

const logged = change<Logged>((db, { revision, ...event }) => db.insert(outbox).values({ ...event, revision: revision ?? sql<number>`${revisionOf(event.subject)} + 1` }));

/** The statement that announces an event, in the commit that makes it true: by whom, and by which token. Who looks with another's eyes acts as themself. */
export const announced = (db: Database, { viewer, now, newId }: Pick<Setting, 'viewer' | 'now' | 'newId'>, { actor, type, subject, revision, data }: DomainEvent) =>
  logged(db, { id: newId('evt'), type, subject, revision, data, actorId: actor === undefined ? (viewer.viewedBy ?? viewer.id) : actor, tokenId: viewer.token, createdAt: now });
