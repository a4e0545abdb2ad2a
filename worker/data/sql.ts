import type { InStatement } from '@libsql/client';

type Value = string | number | null;

/** One `insert` of many rows: columns by name, in the order of the first row's keys. */
export function insertAll(table: string, rows: Record<string, Value>[], ending = ''): InStatement[] {
  if (rows.length === 0) return [];
  const columns = Object.keys(rows[0]!);
  const many = Math.max(1, Math.min(150, Math.floor(30_000 / columns.length)));
  const statements: InStatement[] = [];
  for (let i = 0; i < rows.length; i += many) {
    const part = rows.slice(i, i + many);
    const row = `(${columns.map(() => '?').join(', ')})`;
    statements.push({ sql: `insert into ${table} (${columns.join(', ')}) values ${part.map(() => row).join(', ')} ${ending}`, args: part.flatMap((values) => columns.map((column) => values[column] ?? null)) });
  }
  return statements;
}

/** `(?, ?, ?)` for a list. */
export const marks = (values: unknown[]) => `(${values.map(() => '?').join(', ')})`;
