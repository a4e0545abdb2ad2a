import { type Database, openDatabase } from '../../worker/database/open.ts';

/** A statement as it went over the wire, with the rows that libSQL says it read. */
export interface Sent {
  sql: string;
  args: unknown[];
  rowsRead: number;
}

interface Stmt {
  sql?: string;
  sql_id?: number;
  args?: unknown[];
}

interface Order {
  type: string;
  sql?: string;
  sql_id?: number;
  stmt?: Stmt;
  batch?: { steps: { stmt: Stmt }[] };
}

interface Outcome {
  response?: { result?: { rows_read?: number; step_results?: ({ rows_read?: number } | null)[] } };
}

/** A database whose every statement is written down: `sentBy` says what a piece of work sent, BEGIN and COMMIT left out. */
export function watched(url: string): { db: Database; sentBy(work: () => Promise<unknown>): Promise<Sent[]> } {
  let log: Sent[] = [];
  const listening: typeof fetch = async (input, init) => {
    const request = new Request(input as Request, init);
    const asked = request.method === 'POST' ? ((await request.clone().json()) as { requests: Order[] }).requests : [];
    const response = await fetch(request);
    if (asked.length > 0) log.push(...statementsOf(asked, ((await response.clone().json()) as { results: Outcome[] }).results));
    return response;
  };
  const db = openDatabase({ url, fetch: listening, patience: 30_000 });
  return {
    db,
    async sentBy(work) {
      log = [];
      await work();
      return log.filter(({ sql }) => !/^(begin|commit|rollback)/i.test(sql));
    },
  };
}

function statementsOf(orders: Order[], outcomes: Outcome[]): Sent[] {
  const known = new Map<number, string>();
  return orders.flatMap((order, i) => {
    if (order.type === 'store_sql') known.set(order.sql_id!, order.sql!);
    const result = outcomes[i]?.response?.result;
    const said = ({ sql, sql_id, args }: Stmt, rowsRead = 0): Sent => ({ sql: sql ?? known.get(sql_id!)!, args: args ?? [], rowsRead });
    if (order.stmt) return [said(order.stmt, result?.rows_read)];
    return (order.batch?.steps ?? []).map(({ stmt }, step) => said(stmt, result?.step_results?.[step]?.rows_read));
  });
}

interface Explained {
  error?: { message: string };
  response: { result: { rows: { value: string }[][] } };
}

/** Plans that were asked for: one SQL text has one, whatever its values. */
const known = new Map<string, string[]>();

/** What `EXPLAIN QUERY PLAN` says of each statement, a line a step. */
export async function plansOf(url: string, sent: Sent[]): Promise<string[][]> {
  const unknown = [...new Map(sent.map((one) => [one.sql, one])).values()].filter(({ sql }) => !known.has(`${url} ${sql}`));
  if (unknown.length > 0) {
    const requests = unknown.map(({ sql, args }) => ({ type: 'execute', stmt: { sql: `explain query plan ${sql}`, args } }));
    const { results } = (await (await fetch(new URL('v2/pipeline', url), { method: 'POST', body: JSON.stringify({ requests: [...requests, { type: 'close' }] }) })).json()) as { results: Explained[] };
    for (const [i, { sql }] of unknown.entries()) {
      if (results[i]!.error) throw new Error(`${results[i]!.error.message}: ${sql}`);
      known.set(`${url} ${sql}`, results[i]!.response.result.rows.map((row) => row[3]!.value));
    }
  }
  return sent.map(({ sql }) => known.get(`${url} ${sql}`)!);
}
