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

/**
 * Statements as one transaction, in one round trip, and what each found: `read` at one moment, `write` all or nothing. A page asks some twenty
 * things at once, and libSQL's client copies each of them several times on its way to the server and back; this knows just enough of Hrana over
 * HTTP, version 2 (docs/HTTP_V2_SPEC.md of libSQL), for that. Errors say what the server said.
 */
export function batches(send: Send, url: string, authToken: string | undefined) {
  const address = new URL('v2/pipeline', `${url.replace(/^libsql:/, 'https:').replace(/^ws/, 'http').replace(/\/$/, '')}/`).href;
  const headers = { 'content-type': 'application/json', ...(isNear(address) ? { 'accept-encoding': 'identity' } : {}), ...(authToken ? { authorization: `Bearer ${authToken}` } : {}) };
  const transaction = (begin: string) => async (questions: Question[]) => {
    const outcomes = await carriedOut(send, address, headers, [{ type: 'batch', batch: { steps: stepsOf(begin, questions) } }]);
    if ('status' in outcomes) throw new Error(`Server returned HTTP status ${outcomes.status}: ${outcomes.text.slice(0, 300)}`);
    return foundIn(outcomes[0]!, questions.length);
  };
  return { read: transaction('BEGIN'), write: transaction('BEGIN IMMEDIATE') };
}

/** What lies on the same machine is not worth compressing. */
const isNear = (address: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);

/** Each step only after the one before, and all undone unless the last was done. */
function stepsOf(begin: string, questions: Question[]) {
  const statements = [{ sql: begin }, ...questions.map(({ sql, args }) => ({ sql, args: args.map(sentAs), want_rows: true })), { sql: 'COMMIT' }];
  const steps = statements.map((stmt, i): { stmt: object; condition: object | null } => ({ stmt, condition: i === 0 ? null : { type: 'ok', step: i - 1 } }));
  return [...steps, { stmt: { sql: 'ROLLBACK' }, condition: { type: 'not', cond: { type: 'ok', step: steps.length - 1 } } }];
}

function foundIn({ error, response }: Outcome, count: number): Found[] {
  const { step_results: results, step_errors: errors } = response?.result ?? {};
  const failure = error ?? errors?.find((one) => one !== null);
  if (failure) throw new Error(failure.message);
  return (results!.slice(1, 1 + count) as { cols: { name: string }[]; rows: Value[][] }[]).map(({ cols, rows }) => ({ columns: cols.map(({ name }) => name), rows: rows.map((row) => row.map(cellOf)) }));
}

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

/** Numbers go as floating ones, as libSQL's client sends them: columns of integers take them back. */
function sentAs(arg: Arg): Value {
  if (arg === null || arg === undefined) return { type: 'null' };
  if (typeof arg === 'string') return { type: 'text', value: arg };
  if (typeof arg === 'number') return { type: 'float', value: arg };
  if (typeof arg === 'bigint' || typeof arg === 'boolean') return { type: 'integer', value: String(BigInt(arg)) };
  if (arg instanceof Date) return { type: 'float', value: arg.getTime() };
  return { type: 'blob', base64: btoa(String.fromCharCode(...new Uint8Array(arg instanceof ArrayBuffer ? arg : arg.slice().buffer))) };
}
