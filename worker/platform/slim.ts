import type { SQL, SQLWrapper, Subquery } from 'drizzle-orm';

/**
 * What a viewer sees of a table, as a subquery that selects only those of its columns that are asked for: libSQL reads every text anew, and
 * takes as long for it as for answering. `build` makes the subquery of the columns it is given.
 */
export function slim<Columns extends Record<string, unknown>, Seen extends Subquery>(columns: Columns, build: (columns: Columns) => Seen): Seen {
  const [whole, used] = [build(columns), new Set<string>()];
  const those = () => Object.fromEntries(Object.entries(columns).filter(([name], i) => used.has(name) || (used.size === 0 && i === 0))) as Columns;
  const text: SQLWrapper = { getSQL: () => build(those())._.sql as SQL, shouldOmitSQLParens: () => true };
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
