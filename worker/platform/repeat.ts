import { is, SQL } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import type { Sql } from './gate.ts';
import type { Writing } from './operation.ts';
import { Refusal } from './refusal.ts';
import { hashOf } from './signature.ts';
import { raw } from './statement.ts';
import type { Viewer } from './viewer.ts';

/** What an answer is kept under for a day, and a hash of what it answers; of that `input` is empty where the key names it already. */
export interface Mark {
  key: string;
  input: string;
}

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });

/** Whether a program chose this key: those of forms have no space. */
export const isOfCall = (key: string | undefined) => key?.includes(' ') ?? false;

/**
 * What is kept of a call of somebody with a key. A key that their program chose is theirs for one operation, and one body (draft-ietf-httpapi-idempotency-key-header).
 * A form may be sent, changed and sent again, and visitors choose their keys without knowing of one another: there one key with another input is another call.
 * `network` is where it comes from: sent again from elsewhere it is the same call.
 */
export function markOf({ id }: Pick<Viewer, 'id'>, name: string, key: string, input: object, network?: string): Mark {
  const isFrom = 'network' in input && input.network === network;
  const hash = hashOf(JSON.stringify(isFrom ? { ...input, network: undefined } : input));
  return id !== null && isOfCall(key) ? { key: `${id}:${name}:${key}`, input: hash } : { key: `${id ?? 'visitor'}:${name}:${key}:${hash}`, input: '' };
}

const WITH_ANOTHER = 'This Idempotency-Key came before with another body. Send the same body again, or another one with a key of its own.';

/** What is told of a key that stands for another body. */
export const reused = () => new Refusal('invalid', WITH_ANOTHER, { 'Idempotency-Key': 'It came before with another body.' });

/** What was answered under a mark, if it was; refuses a key that stands for another body. */
export async function answeredBefore<Result>(db: Database, { key, input }: Mark): Promise<Result | undefined> {
  const { rows } = await db.$client.execute({ sql: 'select result, input from once where key = ?', args: [key] });
  if (rows[0] && rows[0]['input'] !== input) throw reused();
  return rows[0] && (JSON.parse(rows[0]['result'] as string) as Result);
}

/** What the database says of a key that stands for another body. */
export const OF_ANOTHER = /NOT NULL.*once\.input/;

/** The statement that binds a key to one input, of what can be done twice and changes nothing then: with another input the commit fails. */
export const bound = ({ key, input }: Mark, now: Date): Writing =>
  raw("insert into once (key, result, input, created_at) values (?, '{}', ?, ?) on conflict (key) do update set input = iif(input = excluded.input, input, null)", [key, input, now.getTime()]);

/** The last statement of a commit: the result as JSON, counted values included, remembered under a mark if there is one. */
export function resultOf(result: object, mark: Mark | undefined, now: Date): Sql {
  const args: Sql['args'] = [];
  const pairs = Object.entries(result).map(([name, value]) => {
    args.push(name);
    if (is(value, SQL)) {
      const counted = dialect.sqlToQuery(value);
      args.push(...(counted.params as Sql['args']));
      return `?, ${counted.sql}`;
    }
    args.push(JSON.stringify(value ?? null));
    return '?, json(?)';
  });
  const json = `json_object(${pairs.join(', ')})`;
  if (!mark) return { sql: `select ${json} as result`, args };
  return { sql: `insert into once (key, result, input, created_at) values (?, ${json}, ?, ?) returning result`, args: [mark.key, ...args, mark.input, now.getTime()] };
}
