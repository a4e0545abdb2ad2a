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

/** The statements that note an attempt by each of these keys. */
export const attempted = (db: Database, keys: string[], at: Date): Writing[] => keys.map((key) => db.insert(attempts).values({ key, at }));
