import { cache, exports } from 'cloudflare:workers';
import { createHash } from 'node:crypto';
import { type Kept, Shelf } from './platform/shelf.ts';
import { HOUR } from './platform/time.ts';

/** Seconds that an answer is kept at most: what changed without telling us, as by an import, is seen after these. */
const MAX_AGE = 60;
/** Milliseconds for which an old answer is better than none, while the database does not answer. */
const STALE = HOUR;

const shelf = new Shelf({ bytes: 24_000_000, entries: 2_000 });

type Make = () => Promise<Response>;

/** Keeps answers until what they show changes: Cloudflare's own cache where there is one, else memory of this worker. */
interface Keeping {
  /** The answer under a key, made if there is none. */
  answer(key: string, has: string | null, make: Make): Promise<Response>;
  purge(tags: string[]): Promise<void>;
}

/** A page says with `Cache-Tag` what it shows, and may be kept only then. */
const mayBeKept = ({ status, headers }: Response) => status === 200 && headers.has('cache-tag') && !headers.has('set-cookie');

const ageOf = ({ madeAt }: Kept) => Date.now() - madeAt;

const inMemory: Keeping = {
  async answer(key, has, make) {
    await notMadeByAnother(key);
    const kept = shelf.find(key);
    if (kept && ageOf(kept) < MAX_AGE * 1_000) return again(kept, has);
    const since = shelf.purges;
    making.set(key, Date.now());
    try {
      const answer = await make();
      if (kept && answer.status >= 500 && ageOf(kept) < STALE) return again(kept, has);
      if (!mayBeKept(answer)) return timed(answer, 'miss');
      const made = await keptOf(answer);
      shelf.keep(key, made, since);
      return timed(new Response(made.body, { headers: made.headers }), 'miss', answer.headers.get('server-timing'));
    } finally {
      making.delete(key);
    }
  },
  async purge(tags) {
    shelf.purge(tags);
  },
};

/** Keys whose answers are being made, and since when. */
const making = new Map<string, number>();
/** Milliseconds that one who asks for the same waits, and after which whoever makes it counts as gone. */
const PATIENCE = 3_000;

/** Waits while somebody makes the same answer, so that a crowd costs what one costs. Not for their promise, which ends with them should they hang up. */
async function notMadeByAnother(key: string): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (let since = making.get(key); since !== undefined && since > Date.now() - PATIENCE && Date.now() < until; since = making.get(key)) await scheduler.wait(15);
}

/** What `exports` has there: the entrypoint that Cloudflare keeps the answers of. */
interface Entrypoints {
  Anonymous: { fetch(request: Request): Promise<Response>; purge(tags: string[]): Promise<void> };
}

const onPlatform: Keeping = {
  async answer(key, has) {
    const answer = await (exports as unknown as Entrypoints).Anonymous.fetch(new Request(key, { headers: has ? { 'if-none-match': has } : {} }));
    const hit = answer.headers.get('cf-cache-status') === 'HIT';
    const said = new Response(answer.body, answer);
    said.headers.set('cache-control', inBrowsers(answer.headers));
    return timed(said, hit ? 'hit' : 'miss', hit ? undefined : answer.headers.get('server-timing'));
  },
  purge: (tags) => (exports as unknown as Entrypoints).Anonymous.purge(tags),
};

/** The object is there on a machine of one's own too; what it can do is not. */
const keeping = () => (typeof cache?.purge === 'function' ? onPlatform : inMemory);

/** Answers like everybody. */
export async function cached(request: Request, key: string, make: Make): Promise<Response> {
  const answer = await keeping().answer(key, request.headers.get('if-none-match'), make);
  return request.method === 'HEAD' ? new Response(null, answer) : answer;
}

/** Forgets what shows any of these, before whoever changed it is answered. Should that fail, the answers end by themselves. */
export async function purge(tags: string[]): Promise<void> {
  if (tags.length === 0) return;
  await keeping().purge(tags).catch((error: unknown) => console.error(JSON.stringify({ purge: tags, error: String(error) })));
}

/** An answer as Cloudflare may keep it. */
export function forPlatform(answer: Response): Response {
  if (!mayBeKept(answer)) return answer;
  const said = new Response(answer.body, answer);
  said.headers.set('cache-control', `public, max-age=${MAX_AGE}`);
  return said;
}

/**
 * What browsers may do with it. A page they keep not at all: going back after signing in would show it as it was, and so it would after signing out. A feed they
 * keep, and ask each time whether it is still the same.
 */
const inBrowsers = (headers: Headers) => (headers.get('content-type')?.includes('xml') ? 'private, no-cache' : 'private, no-store');

async function keptOf(answer: Response): Promise<Kept> {
  const body = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  headers.delete('server-timing');
  headers.set('cache-control', inBrowsers(headers));
  if (headers.get('content-type')?.includes('xml')) headers.set('etag', `"${createHash('sha256').update(new Uint8Array(body)).digest('base64url').slice(0, 22)}"`);
  return { body, headers: [...headers], tags: headers.get('cache-tag')!.split(','), madeAt: Date.now() };
}

function again(kept: Kept, has: string | null): Response {
  const { body, headers } = kept;
  const all: [string, string][] = [...headers, ['age', String(Math.floor(ageOf(kept) / 1_000))], ['server-timing', `${NO_TRIP}, cache;desc=hit`]];
  const isSame = has !== null && headers.some(([name, value]) => name === 'etag' && has.replaceAll('W/', '').split(/\s*,\s*/).includes(value));
  return isSame ? new Response(null, { status: 304, headers: all }) : new Response(body, { headers: all });
}

const NO_TRIP = 'db;desc="0 round trips";dur=0.0';

function timed(answer: Response, came: 'hit' | 'miss', cost: string | null | undefined = answer.headers.get('server-timing')): Response {
  if (came === 'miss' && !cost) return answer;
  answer.headers.set('server-timing', `${cost ?? NO_TRIP}, cache;desc=${came}`);
  return answer;
}
