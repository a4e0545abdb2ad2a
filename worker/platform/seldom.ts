import { type SQL, sql } from 'drizzle-orm';
import type { Query } from './query.ts';

/** Things that are remembered. */
const MOST = 20_000;

/** The parts that things had when they were last looked at. Only a guess, to leave questions out with. */
const lately = new Map<string, ReadonlySet<string>>();

function remember(thing: string, parts: ReadonlySet<string>): void {
  lately.delete(thing);
  lately.set(thing, parts);
  if (lately.size > MOST) lately.delete(lately.keys().next().value!);
}

/** Whether a part is to be asked for. */
export type Has<Part extends string> = (part: Part) => boolean;

/**
 * Loads the page of a thing that seldom has all the parts it may have, asking only for those that it had when it was last looked at: `load` is told
 * which. What is found says which parts are there now; where one is that was not asked for, it is loaded again with that, in one more round trip.
 * So nothing is ever missing, and what is hardly ever there costs hardly anything. `thing` names what is looked at, and by whom where that matters; of one that is not there nothing is named and nothing remembered.
 */
export async function withParts<Part extends string, Found>(thing: string, load: (has: Has<Part>) => Promise<Found>, partsOf: (found: Found) => (Part | false)[] | undefined): Promise<Found> {
  let asked = lately.get(thing);
  for (;;) {
    const known = asked;
    const found = await load((part) => known?.has(part) ?? true);
    const named = partsOf(found);
    if (!named) return found;
    const parts = new Set(named.filter((part) => part !== false));
    remember(thing, parts);
    if (!known || [...parts].every((part) => known.has(part))) return found;
    asked = new Set([...known, ...parts]);
  }
}

/** The query, where it is wanted; otherwise what it tells of nothing, and nothing is asked. Not for a query that has to find something. */
export const wanted = <Result>(isWanted: boolean, query: Query<Result>): Query<Result> => (isWanted ? query : { asking: () => undefined, read: query.read });

/** What a column says of every row where there is nothing to tell. */
export const nothing = <Nothing>(value: Nothing) => sql<Nothing>`0`.mapWith((): Nothing => value);

/** A column of names with spaces between them, as a list. */
export const parts = <Part extends string>(names: SQL) => sql<Part[]>`${names}`.mapWith((text: string) => text.split(' ').filter(Boolean) as Part[]).as('has');
