import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Writing } from './operation.ts';
import { attempts } from './schema.ts';
import { hashOf } from './signature.ts';

/** At most so many attempts by one key within a span of milliseconds. */
export interface Limit {
  most: number;
  within: number;
}

/** What is counted: an action and who tries it. Only its hash is kept. */
export const keyOf = (action: string, who: string) => hashOf(`${action} ${who}`);

/** How often a key was tried since a moment, as a column of any query. */
export const attemptsBy = (key: string, since: Date): SQL<number> =>
  sql<number>`(select count(*) from ${attempts} where ${sql.identifier('key')} = ${key} and ${sql.identifier('at')} > ${since.getTime()})`;

/**
 * The statement that notes one more attempt by a key, where a limit leaves room for it. Where it does not, the whole commit fails, and the portal
 * refuses as `too_many`: count and check are one, so many at once pass no further than one after the other.
 */
export const counted = (db: Database, key: string, { most, within }: Limit, at: Date): Writing =>
  db.insert(attempts).values({ key, at: sql`case when ${attemptsBy(key, new Date(at.getTime() - within))} < ${most} then ${at.getTime()} end` });

/** The statements that note an attempt by each of these keys. */
export const attempted = (db: Database, keys: string[], at: Date): Writing[] => keys.map((key) => db.insert(attempts).values({ key, at }));
