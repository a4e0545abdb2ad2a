import { Hono } from 'hono';
import { work } from './jobs.ts';
import { answerTo } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { admit, guarded, localised } from './platform/entry.ts';
import { page } from './pages.ts';
import { routes } from './routes.ts';

export { WriteGate } from './platform/write-gate.ts';

const app = new Hono<Edge>()
  .use(guarded)
  .use(admit)
  .route('/', routes)
  .all('*', (c) => page(localised(c.req.raw), c.env, c.executionCtx as ExecutionContext))
  .onError((error, c) => answerTo(error, c.req.path));

export default {
  fetch: app.fetch,
  scheduled: ({ cron }, env) => work(cron, env),
} satisfies ExportedHandler<Env>;
