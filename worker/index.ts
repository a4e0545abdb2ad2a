import { Hono } from 'hono';
import { articleFile } from './articles.ts';
import { work } from './jobs.ts';
import { answerTo } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { admit, guarded, localised } from './platform/entry.ts';
import { page } from './pages.ts';
import { routes } from './routes.ts';

export { WriteGate } from './platform/write-gate.ts';

/** Where articles are files: wrangler.toml has the worker asked first for these. */
const ARTICLES = '/:path{(el/)?kb/[^/]+/[^/]+}';

const app = new Hono<Edge>()
  .use(guarded)
  .use(admit)
  .route('/', routes)
  .get(ARTICLES, async (c, next) => (await articleFile(c)) ?? next())
  .all('*', (c) => page(localised(c.req.raw), c.env, c.executionCtx as ExecutionContext))
  .onError((error, c) => answerTo(error, c.req.path));

export default {
  fetch: app.fetch,
  scheduled: ({ cron }, env) => work(cron, env),
} satisfies ExportedHandler<Env>;
