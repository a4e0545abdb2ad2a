import { type SQL, type SQLWrapper, type Subquery, sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });

/** Columns of a table, all rows of it. */
const PLAIN = /^select (?:"\w+", )*"\w+" from ("\w+")$/;

/** Of columns of all rows, the table itself: `("users") "authors"` is read and planned sooner than a subquery. */
const flat = (whole: SQL): SQL => {
  const table = PLAIN.exec(dialect.sqlToQuery(whole).sql)?.[1];
  return table ? sql.raw(table) : whole;
};

/**
 * What a viewer sees of a table, as a subquery that selects only those of its columns that are asked for: libSQL reads every text anew, and
 * takes as long for it as for answering. `build` makes the subquery of the columns it is given.
 */
export function slim<Columns extends Record<string, unknown>, Seen extends Subquery>(columns: Columns, build: (columns: Columns) => Seen): Seen {
  const [whole, used] = [build(columns), new Set<string>()];
  const those = () => Object.fromEntries(Object.entries(columns).filter(([name], i) => used.has(name) || (used.size === 0 && i === 0))) as Columns;
  const text: SQLWrapper = { getSQL: () => flat(build(those())._.sql as SQL), shouldOmitSQLParens: () => true };
  const everything = {
    ...whole._,
    sql: text,
    get selectedFields() {
      for (const name of Object.keys(columns)) used.add(name);
      return whole._.selectedFields;
    },
  };
  return new Proxy(whole, {
    get(target, name) {
      if (name === '_') return everything;
      if (typeof name === 'string' && Object.hasOwn(columns, name)) used.add(name);
      return Reflect.get(target, name);
    },
  });
}
