import { Column, getTableName, is, SQL, Subquery } from 'drizzle-orm';
import type { Cell } from '../database/batch.ts';

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

/** What a select asks for, in its order, as drizzle keeps it: under which names of the row, and how a cell becomes a value. */
export interface Field {
  path: string[];
  field: unknown;
}

/** Tables of which there is surely a row, by name; the others were joined from the left. */
export type Sure = Record<string, boolean> | undefined;

/**
 * Cells into the rows of a select. drizzle's own `mapResultRow` finds out anew for each cell what kind of field it is for, which took an eighth of
 * what a page costs the worker; this finds it out once. Rows are the same: what was joined from the left and is not there is null as a whole.
 */
export function readerOf<Row>(fields: Field[], sure: Sure): (rows: Cell[][]) => Row[] {
  const places = fields.map(({ path, field }, at) => ({ at, into: path.length > 1 ? path[0] : undefined, name: path.at(-1)!, decoder: decoderOf(field) }));
  const absences = sure ? absencesIn(fields, sure) : [];
  return (rows) =>
    rows.map((cells) => {
      const row: Record<string, unknown> = {};
      for (const { at, into, name, decoder } of places) {
        const node = into === undefined ? row : ((row[into] ??= {}) as Record<string, unknown>);
        const cell = cells[at] as Cell;
        node[name] = cell === null ? null : decoder.mapFromDriverValue(cell instanceof ArrayBuffer ? Buffer.from(cell) : cell);
      }
      for (const { name, at } of absences) if (cells[at] === null) row[name] = null;
      return row as Row;
    });
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  const written = is(field, SQL) ? field : is(field, Subquery) ? field._.sql : (field as { sql: SQL }).sql;
  return (written as unknown as { decoder: Decoder }).decoder;
}

/** Parts of a row whose columns are all of one table that there may be no row of, and the cell that tells: the first of them. */
function absencesIn(fields: Field[], sure: NonNullable<Sure>): { name: string; at: number }[] {
  const columns = fields.flatMap(({ path, field }, at) => (path.length === 2 && is(field, Column) ? [{ name: path[0]!, at, table: getTableName(field.table) }] : []));
  return [...Map.groupBy(columns, ({ name }) => name).values()].flatMap((of) => (of.every(({ table }) => table === of[0]!.table && !sure[table]) ? [of[0]!] : []));
}
