import { readdirSync, readFileSync } from 'node:fs';
import { createClient } from '@libsql/client/web';
import { refillSearch } from '../search/refill.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Every migration, in order. */
export const migrations = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name, statements: statementsOf(readFileSync(new URL(name, folder), 'utf8')) }));

/** A file of SQL → its statements. A statement ends with a semicolon at the end of a line; triggers are not split. */
function statementsOf(file: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const line of file.split('\n')) {
    current += `${line}\n`;
    const inTrigger = /^(\s|--.*\n)*create\s+trigger/i.test(current) && !/\bend;\s*$/i.test(current);
    if (/;\s*$/.test(line) && !inTrigger) {
      statements.push(current.trim().replace(/;$/, ''));
      current = '';
    }
  }
  if (current.trim()) statements.push(current.trim());
  return statements;
}

/** Applies what is missing, each migration whole or not at all. Safe to run on every start. Returns the names of those applied now. */
export async function migrate(url: string, authToken?: string): Promise<string[]> {
  const client = createClient({ url, ...(authToken ? { authToken } : {}) });
  try {
    await client.execute('create table if not exists migrations (name text primary key, applied_at text not null default current_timestamp)');
    const { rows } = await client.execute('select name from migrations');
    const done = new Set(rows.map((row) => row['name']));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const { name, statements } of missing) {
      await client.batch([...statements, { sql: 'insert into migrations (name) values (?)', args: [name] }], 'write');
    }
    if (missing.length > 0) await refillSearch(client);
    return missing.map(({ name }) => name);
  } finally {
    client.close();
  }
}
