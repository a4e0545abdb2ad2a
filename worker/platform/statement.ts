import { is, Param, Placeholder, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import type { Arg, Found } from '../database/batch.ts';
import { flat } from './flat.ts';
import type { Sql } from './gate.ts';
import type { Writing } from './operation.ts';
import { type Field, readerOf, type Sure } from './rows.ts';
import { NOTHING, type Viewer, visitor } from './viewer.ts';

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });

/** A change in SQL of its own, where drizzle has no words for it. */
export const changing = (change: SQL): Writing => ({ toSQL: () => dialect.sqlToQuery(change) });

/** A statement that is written out, with its values. */
export const raw = (text: string, params: unknown[]): Writing => ({ toSQL: () => ({ sql: text, params }) });

/** A statement as the gate takes it. */
export function spoken(statement: { toSQL(): { sql: string; params: unknown[] } }): Sql {
  const { sql: text, params } = statement.toSQL();
  return { sql: text, args: params as Sql['args'] };
}

/** What drizzle builds: rows of this type, once it is asked. */
export type Statement<Row = unknown> = BatchItem<'sqlite'> & PromiseLike<Row[]>;

/** SQL with its values, and how its rows are read. */
export interface Asking<Row = unknown> {
  sql: string;
  args: Arg[];
  rows(found: Found): Row[];
}

/** What drizzle made ready, and of selects how their rows are read. */
interface Prepared {
  getQuery(): { sql: string; params: unknown[] };
  fields?: Field[];
  joinsNotNullableMap?: Sure;
}

type Values = Record<string, unknown>;

/** SQL, and what each of its values is of those that are given. */
interface Ready {
  sql: string;
  fillings: ((given: Values) => Arg)[];
}

function readied({ sql: text, params }: { sql: string; params: unknown[] }): Ready {
  const fillings = params.map((param) => {
    if (is(param, Placeholder)) return (given: Values) => given[param.name] as Arg;
    if (is(param, Param) && is(param.value, Placeholder)) {
      const { encoder, value: { name } } = param;
      return (given: Values) => encoder.mapToDriverValue(given[name]) as Arg;
    }
    return () => param as Arg;
  });
  return { sql: text, fillings };
}

const filledIn = ({ fillings }: Ready, given: Values) => fillings.map((fill) => fill(given));

function prepared<Row>(statement: Statement<Row>) {
  const made = (statement as unknown as { prepare(): Prepared }).prepare();
  const read = readerOf<Row>(made.fields ?? [], made.joinsNotNullableMap);
  return { ...made.getQuery(), rows: (found: Found) => read(found.rows) };
}

/** A statement as what is sent. */
export function asked<Row>(statement: Statement<Row> | Asking<Row>): Asking<Row> {
  if ('args' in statement) return statement;
  const { sql: text, params, rows } = prepared(statement);
  return { sql: text, args: params as Arg[], rows };
}

/** Texts and numbers as places in the SQL, to be filled in when it is sent; everything else as it is: it may shape the SQL. */
type Places<Values> = { [K in keyof Values]: Values[K] extends string | number ? Placeholder<string, Values[K]> : Values[K] extends string | number | undefined ? Placeholder<string, Values[K]> | undefined : Values[K] };

/** Shapes of one query that are kept: people can think of more. */
const MOST = 300;

type Held = 'id' | 'accountId' | 'guestOf' | 'hidden';
const HELD: Held[] = ['id', 'accountId', 'guestOf', 'hidden'];

/**
 * A query whose SQL is written once for each kind of viewer and shape of values, since drizzle takes longer to write one than libSQL to
 * answer it. `values` turns what is asked for into named values. `build` sees every text and number among them, and the viewer's ids, as
 * places: it may compare them with columns, and tell whether they are there, but never what they are. Name, handle, zone and token it does not see.
 */
export function written<Args extends unknown[], Values extends Record<string, unknown>, Row>(
  values: (...args: Args) => Values,
  build: (db: Database, viewer: Viewer, at: Places<Values>) => Statement<Row>,
): (db: Database, viewer: Viewer, ...args: Args) => Asking<Row> {
  const texts = new Map<string, Ready & Pick<Asking<Row>, 'rows'>>();
  return (db, viewer, ...args) => {
    const given = values(...args);
    const shape = `${kindOf(viewer)} ${shapeOf(given)}`;
    let ready = texts.get(shape);
    if (texts.size > MOST) texts.clear();
    if (!ready) {
      const made = prepared(build(db, veiled(viewer), placesOf(given)));
      const { sql, places } = flat(made.sql);
      texts.set(shape, (ready = { ...readied({ sql, params: places.map((place) => made.params[place]) }), rows: made.rows }));
    }
    return { sql: ready.sql, args: filledIn(ready, { ...given, ...heldBy(viewer) }), rows: ready.rows };
  };
}

/** Values as places, but those that are null or not there. */
type Slots<Given> = { [K in keyof Given]: Placeholder | Extract<Given[K], null | undefined> };

/**
 * A change whose SQL is written once for those values that are there and those that are not, since drizzle takes longer to write one than libSQL to carry
 * it out. `build` may not tell what a value is.
 */
export function change<Given extends Values>(build: (db: Database, at: Slots<Given>) => Writing): (db: Database, given: Given) => Writing {
  const texts = new Map<string, Ready>();
  return (db, given) => {
    const shape = Object.entries(given).map(([name, value]) => `${name}:${value === null || value === undefined ? value : '?'}`).join();
    let ready = texts.get(shape);
    if (!ready) {
      const slots = Object.entries(given).map(([name, value]) => [name, value === null || value === undefined ? value : sql.placeholder(name)]);
      texts.set(shape, (ready = readied(build(db, Object.fromEntries(slots) as Slots<Given>).toSQL())));
    }
    return raw(ready.sql, filledIn(ready, given));
  };
}

const isPlace = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** What of a viewer may shape SQL. The rest is veiled as a visitor's. */
const shaping = ({ role, permissions, scopes, accountRole, locale, viewedBy }: Viewer) => ({ role, permissions, scopes, accountRole, locale, viewedBy: viewedBy === null ? null : '' });

/** That something is not there, or that nothing is hidden, may shape SQL too. */
const isTelling = (value: Viewer[Held]) => value === null || value === NOTHING;

/** A page asks many things as one viewer. */
const kinds = new WeakMap<Viewer, string>();

function kindOf(viewer: Viewer): string {
  const known = kinds.get(viewer);
  if (known !== undefined) return known;
  const kind = JSON.stringify([HELD.map((key) => (isTelling(viewer[key]) ? viewer[key] : '?')), shaping(viewer)]);
  kinds.set(viewer, kind);
  return kind;
}

const shapeOf = (given: Record<string, unknown>) => Object.entries(given).map(([name, value]) => `${name}:${isPlace(value) ? '?' : JSON.stringify(value)}`).join();

const placesOf = <Values extends Record<string, unknown>>(given: Values) =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, isPlace(value) ? sql.placeholder(name) : value])) as Places<Values>;

const nameOf = (key: Held) => `viewer ${key}`;

const veiled = (viewer: Viewer): Viewer => ({
  ...visitor,
  ...shaping(viewer),
  ...Object.fromEntries(HELD.map((key) => [key, isTelling(viewer[key]) ? viewer[key] : sql.placeholder(nameOf(key))])),
});

const heldBy = (viewer: Viewer) => Object.fromEntries(HELD.map((key) => [nameOf(key), viewer[key]]));
