import { and, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Guard, Writing } from './operation.ts';
import { Refusal } from './refusal.ts';
import { attempts } from './schema.ts';
import { hashOf } from './signature.ts';
import { MINUTE } from './time.ts';

/** At most so many attempts by one key within a span of milliseconds. */
export interface Limit {
  most: number;
  within: number;
}

/** What a key was used for lately: how often, and when last, in milliseconds. */
export interface Tries {
  count: number;
  last: number;
}

/** A key that is counted, how often it may be tried, and how often it was. */
export interface Counted extends Limit {
  key: string;
  tries: Tries;
}

/** What is counted: an action and who tries it. Only its hash is kept. */
export const keyOf = (action: string, who: string) => hashOf(`${action} ${who}`);

/** How often a key was tried since a moment, as a column of any query. */
export const attemptsBy = (key: string, since: Date): SQL<number> =>
  sql<number>`(select count(*) from ${attempts} where ${sql.identifier('key')} = ${key} and ${sql.identifier('at')} > ${since.getTime()})`;

/** How often a key was tried since a moment and when last, as a column of any query. */
export const triesBy = (key: string, since: Date) =>
  sql<Tries>`(select json_object('count', count(*), 'last', coalesce(max(${sql.identifier('at')}), 0)) from ${attempts} where ${sql.identifier('key')} = ${key} and ${sql.identifier('at')} > ${since.getTime()})`.mapWith(JSON.parse as (json: string) => Tries);

/**
 * The statement that notes one more attempt by a key, where a limit leaves room for it. Where it does not, the whole commit fails, and the portal
 * refuses as `too_many`: count and check are one, so many at once pass no further than one after the other.
 */
export const counted = (db: Database, key: string, { most, within }: Limit, at: Date): Writing =>
  db.insert(attempts).values({ key, at: sql`case when ${attemptsBy(key, new Date(at.getTime() - within))} < ${most} then ${at.getTime()} end` });

/** The statements that note an attempt by each of these keys. */
export const attempted = (db: Database, keys: string[], at: Date): Writing[] => keys.map((key) => db.insert(attempts).values({ key, at }));

/** Milliseconds to wait for the next try: none up to the limit, then one minute, two, four…, until the first of them are `within` ago. */
function waitOf({ most, tries: { count, last } }: Counted, now: Date): number {
  return count < most ? 0 : Math.max(0, last + 2 ** (count - most) * MINUTE - now.getTime());
}

/**
 * Lets a try pass, or throws `too_many` with the seconds to wait. The guard belongs into the commit that tells what came of the try: of many at once no
 * more pass than the limit allows, and where one had to wait, one.
 */
export function mayTry(counted: Counted[], now: Date, sentence: string): Guard {
  const wait = Math.max(0, ...counted.map((one) => waitOf(one, now)));
  const tooMany = (milliseconds: number) => new Refusal('too_many', sentence, {}, Math.ceil(milliseconds / 1000));
  if (wait > 0) throw tooMany(wait);
  const meanwhile = counted.map(({ key, most, within, tries }) => sql`${attemptsBy(key, new Date(now.getTime() - within))} <= ${Math.max(most - 1, tries.count)}`);
  return { holds: and(...meanwhile) ?? sql`true`, otherwise: tooMany(MINUTE) };
}
