import { carriedOut, type Outcome, type Send } from './streams.ts';

/** What a statement may be given. */
export type Arg = string | number | bigint | boolean | null | Uint8Array | ArrayBuffer | Date;

/** What a row holds, by place. */
export type Cell = string | number | null | ArrayBuffer;

/** SQL with its values. */
export interface Question {
  sql: string;
  args: Arg[];
}

/** What was found: the names of columns, and the rows. */
export interface Found {
  columns: string[];
  rows: Cell[][];
}

type Value = { type: 'null' } | { type: 'text' | 'integer'; value: string } | { type: 'float'; value: number } | { type: 'blob'; base64: string };

/** Several writes came to nothing, all of them, as far as is known because of one: each may be sent alone. */
export class NothingStored extends Error {}

/** The server did not understand what it was sent, and did nothing. */
const BAD_REQUEST = 400;

/** What came of one of several writes: it is stored, or left nothing behind. */
export type Written = { found: Found[] } | { error: Error };

/**
 * Statements as one transaction, in one round trip, and what each found: `read` at one moment, `write` all or nothing. A page asks some twenty
 * things at once, and libSQL's client copies each of them several times on its way to the server and back; this knows just enough of Hrana over
 * HTTP, version 2 (docs/HTTP_V2_SPEC.md of libSQL), for that. Errors say what the server said. `writeTogether` makes one transaction of several
 * writes, each of which is all or nothing by itself: the pages that they change are stored once for all (group commit; Gray and Reuter, 1993).
 */
export function batches(send: Send, url: string, authToken: string | undefined) {
  const address = new URL('v2/pipeline', `${url.replace(/^libsql:/, 'https:').replace(/^ws/, 'http').replace(/\/$/, '')}/`).href;
  const headers = { 'content-type': 'application/json', ...(isNear(address) ? { 'accept-encoding': 'identity' } : {}), ...(authToken ? { authorization: `Bearer ${authToken}` } : {}) };
  async function done(steps: Step[]): Promise<Outcome> {
    const outcomes = await carriedOut(send, address, headers, `[{"type":"batch","batch":{"steps":[${steps.map(written).join()}]}}]`);
    if (!('status' in outcomes)) return outcomes[0]!;
    throw new (outcomes.status === BAD_REQUEST ? NothingStored : Error)(`Server returned HTTP status ${outcomes.status}: ${outcomes.text.slice(0, 300)}`);
  }
  const transaction = (begin: string) => async (questions: Question[]) => foundIn(await done(stepsOf(begin, questions)), questions.length);
  const write = transaction('BEGIN IMMEDIATE');
  async function writeTogether(writes: Question[][]): Promise<Written[]> {
    const { steps, places, commit } = stepsTogether(writes);
    return writtenIn(await done(steps), places, commit);
  }
  return { read: transaction('BEGIN'), write, writeTogether };
}

/** Texts of SQL as JSON: they are long, and few. */
const texts = new Map<string, string>();
const MOST = 1_000;

function asText(sql: string): string {
  const known = texts.get(sql);
  if (known !== undefined) return known;
  if (texts.size >= MOST) texts.clear();
  const text = JSON.stringify(sql);
  texts.set(sql, text);
  return text;
}

const written = ({ stmt: { sql, ...more }, condition }: Step) => `{"stmt":{"sql":${asText(sql)}${more.args ? `,"args":${JSON.stringify(more.args)},"want_rows":true` : ''}},"condition":${condition === null ? 'null' : JSON.stringify(condition)}}`;

interface Step {
  stmt: { sql: string; args?: Value[] };
  condition: object | null;
}

const ok = (step: number) => ({ type: 'ok', step });
const not = (cond: object) => ({ type: 'not', cond });
const both = (...conds: object[]) => ({ type: 'and', conds });
const asked = ({ sql, args }: Question) => ({ sql, args: args.map(sentAs) });

/** What lies on the same machine is not worth compressing. */
const isNear = (address: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);

/** Each step only after the one before, and all undone unless the last was done. */
function stepsOf(begin: string, questions: Question[]): Step[] {
  const steps = [{ sql: begin }, ...questions.map(asked), { sql: 'COMMIT' }].map((stmt, i) => ({ stmt, condition: i === 0 ? null : ok(i - 1) }));
  return [...steps, { stmt: { sql: 'ROLLBACK' }, condition: not(ok(steps.length - 1)) }];
}

/** The steps from a savepoint to the last statement of a write. */
interface Place {
  first: number;
  last: number;
}

/**
 * Each write within a savepoint, to which the database goes back when one of its statements fails. An error after which SQLite gives up the whole
 * transaction, as when the disk is full, gives up the savepoint too: then it cannot be released, so nothing comes after it, and nothing is stored.
 */
function stepsTogether(writes: Question[][]): { steps: Step[]; places: Place[]; commit: number } {
  const steps: Step[] = [];
  const add = (stmt: Step['stmt'], condition: object | null) => steps.push({ stmt, condition }) - 1;
  let before = add({ sql: 'BEGIN IMMEDIATE' }, null);
  const places = writes.map((questions): Place => {
    const first = add({ sql: 'SAVEPOINT one_write' }, ok(before));
    const last = questions.reduce((step, question) => add(asked(question), ok(step)), first);
    add({ sql: 'ROLLBACK TO one_write' }, both(ok(first), not(ok(last))));
    before = add({ sql: 'RELEASE one_write' }, ok(first));
    return { first, last };
  });
  const commit = add({ sql: 'COMMIT' }, ok(before));
  add({ sql: 'ROLLBACK' }, not(ok(commit)));
  return { steps, places, commit };
}

/** An error of one write is its own. Where the transaction was given up nothing is stored; nobody is told why others failed. */
function writtenIn({ error, response }: Outcome, places: Place[], commit: number): Written[] {
  const { step_results: results = [], step_errors: errors = [] } = response?.result ?? {};
  if (error) throw new Error(error.message);
  if (!results[commit]) throw new NothingStored(errors[commit]?.message ?? 'The database gave up the transaction.');
  return places.map(({ first, last }): Written => {
    const failure = errors.slice(first, last + 1).find((one) => one !== null);
    return failure ? { error: new Error(failure.message) } : { found: tablesOf(results.slice(first + 1, last + 1)) };
  });
}

function foundIn({ error, response }: Outcome, count: number): Found[] {
  const { step_results: results, step_errors: errors } = response?.result ?? {};
  const failure = error ?? errors?.find((one) => one !== null);
  if (failure) throw new Error(failure.message);
  return tablesOf(results!.slice(1, 1 + count));
}

const tablesOf = (results: unknown[]): Found[] => (results as { cols: { name: string }[]; rows: Value[][] }[]).map(({ cols, rows }) => ({ columns: cols.map(({ name }) => name), rows: rows.map((row) => row.map(cellOf)) }));

function cellOf(value: Value): Cell {
  switch (value.type) {
    case 'null':
      return null;
    case 'integer':
      return Number(value.value);
    case 'blob':
      return Uint8Array.from(atob(value.base64), (char) => char.charCodeAt(0)).buffer;
    default:
      return value.value;
  }
}

/** Numbers go as floating ones, as libSQL's client sends them: columns of integers take them back. Half a character, where a text was cut, goes as U+FFFD: the server takes none. */
function sentAs(arg: Arg): Value {
  if (arg === null || arg === undefined) return { type: 'null' };
  if (typeof arg === 'string') return { type: 'text', value: arg.toWellFormed() };
  if (typeof arg === 'number') return { type: 'float', value: arg };
  if (typeof arg === 'bigint' || typeof arg === 'boolean') return { type: 'integer', value: String(BigInt(arg)) };
  if (arg instanceof Date) return { type: 'float', value: arg.getTime() };
  return { type: 'blob', base64: btoa(String.fromCharCode(...new Uint8Array(arg instanceof ArrayBuffer ? arg : arg.slice().buffer))) };
}
