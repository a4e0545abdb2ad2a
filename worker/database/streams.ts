/** How long a stream may rest before it is not used again, in milliseconds: libSQL's server ends those that rest for ten seconds. */
const FRESH = 5_000;
/** What the server answers to a stream that it does not know, or not any more: then it did nothing, and the call may be sent again. Of any other failure that is not known. */
const UNKNOWN_STREAM = 400;
/** More than these are not kept; the server ends the rest by itself. */
const MOST = 16;

interface Resting {
  baton: string;
  since: number;
}

interface Pipeline {
  baton?: string | null;
  requests: { type: string; sql_id?: number }[];
}

interface Answers {
  baton: string | null;
  results: { type: string; response?: { type: string; result?: { step_errors?: unknown[] } } }[];
}

/** By address of the server. Only strings are kept, so any request of this worker may go on where another ended. */
const resting = new Map<string, Resting[]>();

/**
 * A `fetch` for libSQL's client that keeps the server's streams (Hrana over HTTP, version 2) open between calls. Opening one costs the
 * server more than most queries do, since it reads the whole schema anew; the client would open and close one for each call.
 */
export const streaming =
  (send: (url: string, init: RequestInit) => Promise<Response>): typeof fetch =>
  async (input) => {
    const request = input as Request;
    const { requests } = (await request.json()) as Pipeline;
    if (requests.at(-1)?.type !== 'close') return send(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify({ requests }) });
    const streams = resting.get(request.url) ?? resting.set(request.url, []).get(request.url)!;
    const ask = (baton: string | undefined) => send(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify({ baton: baton ?? null, requests: keptOpen(requests) }) });

    const known = takeFrom(streams);
    let response = await ask(known);
    if (known && response.status === UNKNOWN_STREAM) {
      streams.length = 0;
      await response.body?.cancel();
      response = await ask(undefined);
    }
    return response.ok ? closed(response, requests.length, streams) : response;
  };

function takeFrom(streams: Resting[]): string | undefined {
  const last = streams.pop();
  return last && Date.now() - last.since < FRESH ? last.baton : undefined;
}

/** Instead of closing the stream, forgets the texts that the call stored in it. */
function keptOpen(requests: Pipeline['requests']): Pipeline['requests'] {
  const texts = requests.filter(({ type }) => type === 'store_sql').map(({ sql_id }) => ({ type: 'close_sql', sql_id }));
  return [...requests.slice(0, -1), ...(texts as Pipeline['requests'])];
}

/** The answer as if the stream had been closed. After an error it is left for the server to end. */
async function closed(response: Response, asked: number, streams: Resting[]): Promise<Response> {
  const answers = (await response.json()) as Answers;
  const failed = answers.results.some(({ type, response: answer }) => type === 'error' || answer?.result?.step_errors?.some((error) => error !== null));
  if (answers.baton && !failed && streams.length < MOST) streams.push({ baton: answers.baton, since: Date.now() });
  const results = [...answers.results.slice(0, asked - 1), { type: 'ok', response: { type: 'close' } }];
  return Object.defineProperty(response, 'json', { value: async () => ({ baton: null, base_url: null, results }) });
}
