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

/** How many things of a kind were looked at for the first time lately, and how many of them had each part. */
interface Kind {
  looks: number;
  had: Map<string, number>;
}

const kinds = new Map<string, Kind>();

/** After so many first looks it is known what things of a kind mostly have; after so many, what was seen counts for half. */
const [ENOUGH, MANY] = [50, 1_000];
/** At most so many of the things that are looked at for the first time may have a part that was not asked for. */
const MISSED = 0.1;

/** The first word of what a thing is called. */
const kindOf = (thing: string) => thing.slice(0, thing.indexOf(' '));

function count(thing: string, parts: ReadonlySet<string>): void {
  const kind = kinds.get(kindOf(thing)) ?? { looks: 0, had: new Map<string, number>() };
  kinds.set(kindOf(thing), kind);
  kind.looks++;
  for (const part of parts) kind.had.set(part, (kind.had.get(part) ?? 0) + 1);
  if (kind.looks < MANY) return;
  kind.looks /= 2;
  for (const [part, times] of kind.had) kind.had.set(part, times / 2);
}

/** All parts but the rarest, which few things of the kind have, all taken together; undefined where too few were looked at to know. */
function mostlyHad(thing: string): ReadonlySet<string> | undefined {
  const { looks, had } = kinds.get(kindOf(thing)) ?? { looks: 0, had: new Map<string, number>() };
  if (looks < ENOUGH) return undefined;
  let left = MISSED * looks;
  return new Set([...had].sort(([, a], [, b]) => a - b).filter(([, times]) => (left -= times) < 0).map(([part]) => part));
}

/** Whether a part is to be asked for. */
export type Has<Part extends string> = (part: Part) => boolean;

/**
 * Loads the page of a thing that seldom has all the parts it may have, asking only for those that it had when it was last looked at: `load` is told
 * which. Of what was not looked at yet it asks for what things of its kind mostly have, or for all while that is not known. What is found says which
 * parts are there now; where one is that was not asked for, it is loaded again with that, in one more round trip. So nothing is ever missing, and what
 * is hardly ever there costs hardly anything. `thing` names the kind, what is looked at, and by whom where that matters; of one that is not there, or of a page without its list, nothing is named and nothing remembered, and everything asked for.
 */
export async function withParts<Part extends string, Found>(thing: string, load: (has: Has<Part>) => Promise<Found>, partsOf: (found: Found) => (Part | false)[] | undefined): Promise<Found> {
  let asked = lately.get(thing) ?? mostlyHad(thing);
  for (;;) {
    const known = asked;
    const found = await load((part) => known?.has(part) ?? true);
    const named = partsOf(found);
    if (!named) {
      if (!known) return found;
      asked = undefined;
      continue;
    }
    const parts = new Set(named.filter((part) => part !== false));
    if (!lately.has(thing)) count(thing, parts);
    remember(thing, parts);
    if (!known || [...parts].every((part) => known.has(part))) return found;
    asked = new Set([...known, ...parts]);
  }
}

/** The query, where it is wanted; otherwise what it tells of nothing, and nothing is asked. Not for a query that has to find something. */
export const wanted = <Result>(isWanted: boolean, query: Query<Result>): Query<Result> => (isWanted ? query : { asking: () => undefined, read: query.read });

/** What a column says of every row where there is nothing to tell. */
export const nothing = <Nothing>(value: Nothing) => sql<Nothing>`0`.mapWith((): Nothing => value);

/** A column of bits as what they stand for, the first for the lowest; one may stand for several. */
export const bits = <Part extends string>(names: readonly (Part | readonly Part[])[], said: SQL) => sql<Part[]>`${said}`.mapWith((set: number) => names.flatMap((name, i) => (set & (1 << i) ? name : []) as Part[])).as('has');

/** A column of names with spaces between them, as a list. */
export const parts = <Part extends string>(names: SQL) => sql<Part[]>`${names}`.mapWith((text: string) => text.split(' ').filter(Boolean) as Part[]).as('has');
