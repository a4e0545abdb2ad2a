import { cache, WorkerEntrypoint } from 'cloudflare:workers';
import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { keyOf, requestOf } from './anonymous.ts';
import { articleFile } from './articles.ts';
import { cached, forPlatform } from './cache.ts';
import { work } from './jobs.ts';
import { page } from './pages.ts';
import { answerTo, problem } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { admit, guarded, localised } from './platform/entry.ts';
import { withRoom } from './platform/room.ts';
import { EVERYTHING } from './platform/shelf.ts';
import { gateway } from './platform/write-gate.ts';
import { routes } from './routes.ts';
import { searchLog } from './searches/gather.ts';

export { TopicRoom } from './forum/room.ts';
export { TicketRoom } from './tickets/room.ts';
export { WriteGate } from './platform/write-gate.ts';

/** Where articles are files: wrangler.toml has the worker asked first for these. Without patterns, so that Hono finds every route by one expression. */
const ARTICLES = ['/kb/:category/:slug', '/el/kb/:category/:slug'];

const inTheRoom = createMiddleware<Edge>(async (c, next) => {
  const served = await withRoom((work) => c.executionCtx.waitUntil(work), () => next().then(() => true));
  return served ? undefined : full(c);
});

/** A browser looks at the answer once it has sent everything: so far it is listened to, in bytes. */
const LISTENED_TO = 256_000_000;

async function hearOut(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  for (let heard = 0; heard < LISTENED_TO; ) {
    const { done, value } = await reader.read();
    if (done) return;
    heard += value.length;
  }
}

/** What explains a form that was not let in: beyond all measure, or of another site. */
const EXPLAINED: Record<number, string> = { 403: '/from-elsewhere', 413: '/too-large' };
const isProblem = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/problem+json') === true;

/** A form that was not let in, told as a page where a page was meant to come. */
const explained = createMiddleware<Edge>(async (c, next) => {
  await next();
  const { status } = c.res;
  const path = EXPLAINED[status];
  if (!path || !isProblem(c.res) || c.req.method === 'GET' || c.req.path.startsWith('/api/') || !c.req.header('accept')?.includes('text/html')) return;
  await hearOut(c.req.raw.body);
  const told = await instead(c, path);
  c.res = new Response(told.body, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' } });
});

const app = new Hono<Edge>()
  .use(guarded)
  .use(explained)
  .use(admit)
  .on('GET', ARTICLES, async (c, next) => (await articleFile(c)) ?? next())
  .use(inTheRoom)
  .route('/', routes)
  .all('*', (c) => (isWritten(c.req.raw.url) ? page(localised(c.req.raw), c.env, c.executionCtx as ExecutionContext) : nowhere(c)))
  .onError((error, c) => answerTo(error, c.req.path));

/** A page that explains, in the language of the one that was asked for, to whom the browser says it is. It asks the database nothing. */
const instead = ({ req, env, executionCtx }: Context<Edge>, path: string) => page(localised(new Request(new URL(req.path.startsWith('/el/') ? `/el${path}` : path, req.url), { headers: { cookie: req.header('cookie') ?? '' } })), env, executionCtx as ExecutionContext);

/** Whether an address is written as one can be (RFC 3986, section 2.1). */
function isWritten(url: string): boolean {
  try {
    return decodeURI(new URL(url).pathname) !== '';
  } catch {
    return false;
  }
}

/** Whoever follows an address that is none is told so; it is no error of ours, and nothing to log. */
async function nowhere(c: Context<Edge>): Promise<Response> {
  const told = await instead(c, '/404');
  return new Response(told.body, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' } });
}

/** There is no room for one more request: come again in a moment. */
async function full(c: Context<Edge>): Promise<Response> {
  if (c.req.path.startsWith('/api/')) return problem(503, 'We cannot answer just now. Try again in a moment.', {}, { 'retry-after': '2' });
  const calm = await instead(c, '/unavailable');
  return new Response(calm.body, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store', 'retry-after': '2' } });
}

const answer = async (request: Request, env: Env, context: ExecutionContext) => app.fetch(request, env, context);

/** Pages for everybody whom we do not know. On Cloudflare this entrypoint, and no other, has a cache before it; what it kept it alone can purge. */
export class Anonymous extends WorkerEntrypoint<Env> {
  override async fetch({ url, headers }: Request): Promise<Response> {
    return forPlatform(await answer(requestOf(url, headers.get('if-none-match')), this.env, this.ctx));
  }

  async purge(tags: string[]): Promise<void> {
    await cache.purge(tags.includes(EVERYTHING) ? { purgeEverything: true } : { tags });
  }
}

export default {
  fetch(request, env, context) {
    searchLog(() => gateway(env), (work) => context.waitUntil(work)).followed(request);
    const key = keyOf(request, env.STOA_URL);
    return key === undefined ? answer(request, env, context) : cached(request, key, () => answer(requestOf(key, request.headers.get('if-none-match')), env, context));
  },
  scheduled: ({ cron }, env) => work(cron, env),
} satisfies ExportedHandler<Env>;
