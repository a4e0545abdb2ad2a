/** How long a stream may rest before it is not used again, in milliseconds: libSQL's server ends those that rest for ten seconds. */
const FRESH = 5_000;
/** What the server answers to a stream that it does not know, or not any more: then it did nothing, and the call may be sent again. Of any other failure that is not known. */
const UNKNOWN_STREAM = 400;
const OK = 200;
/** More than these are not kept; the server ends the rest by itself. */
const MOST = 16;

interface Resting {
  baton: string;
  since: number;
}

/** One thing that a stream is asked to do, as Hrana over HTTP, version 2, has it. */
export interface Order {
  type: string;
  sql_id?: number;
  [more: string]: unknown;
}

/** What came of it. */
export interface Outcome {
  type: string;
  error?: { message: string };
  response?: { type: string; result?: { step_results?: unknown[]; step_errors?: ({ message: string } | null)[] } };
}

/** What a server said. */
export interface Answer {
  status: number;
  text: string;
}

/** Sends a request to a server. */
export type Send = (url: string, init: RequestInit) => Promise<Answer>;

/** By address of the server. Only strings are kept, so any request of this worker may go on where another ended. */
const resting = new Map<string, Resting[]>();

/**
 * What came of the orders, which are a list as JSON, on one of the server's streams that are kept open between calls: opening one costs the server more than most
 * queries do, since it reads the whole schema anew. An answer that is no success comes back as it is. After an error the stream is left for
 * the server to end.
 */
export async function carriedOut(send: Send, url: string, headers: HeadersInit, orders: string): Promise<Outcome[] | Answer> {
  const streams = resting.get(url) ?? resting.set(url, []).get(url)!;
  const ask = (baton: string | undefined) => send(url, { method: 'POST', headers, body: `{"baton":${JSON.stringify(baton ?? null)},"requests":${orders}}` });
  const known = takeFrom(streams);
  let answer = await ask(known);
  if (known && answer.status === UNKNOWN_STREAM) {
    streams.length = 0;
    answer = await ask(undefined);
  }
  if (answer.status !== OK) return answer;
  const { baton, results } = JSON.parse(answer.text) as { baton: string | null; results: Outcome[] };
  if (baton && !results.some(hasFailed) && streams.length < MOST) streams.push({ baton, since: Date.now() });
  return results;
}

const hasFailed = ({ type, response }: Outcome) => type === 'error' || response?.result?.step_errors?.some((error) => error !== null);

function takeFrom(streams: Resting[]): string | undefined {
  const last = streams.pop();
  return last && Date.now() - last.since < FRESH ? last.baton : undefined;
}

/** A `fetch` for libSQL's client, which would open and close a stream for each call. */
export const streaming =
  (send: Send): typeof fetch =>
  async (input) => {
    const request = input as Request;
    const { url, headers } = request;
    const { requests } = (await request.json()) as { requests: Order[] };
    if (requests.at(-1)?.type !== 'close') return responseOf(await send(url, { method: 'POST', headers, body: JSON.stringify({ requests }) }));
    const results = await carriedOut(send, url, headers, JSON.stringify(keptOpen(requests)));
    return 'status' in results ? responseOf(results) : Response.json({ baton: null, base_url: null, results: [...results.slice(0, requests.length - 1), { type: 'ok', response: { type: 'close' } }] });
  };

const responseOf = ({ status, text }: Answer) => new Response(text, { status, headers: { 'content-type': 'application/json' } });

/** Instead of closing the stream, forgets the texts that the call stored in it. */
const keptOpen = (orders: Order[]): Order[] => [...orders.slice(0, -1), ...orders.filter(({ type }) => type === 'store_sql').map((order) => ({ type: 'close_sql', sql_id: order.sql_id! }))];
