import { Hono } from 'hono';
import { accountsApi } from './accounts/api.ts';
import { docs } from './docs.ts';
import { forumApi } from './forum/api.ts';
import { kbApi } from './kb/api.ts';
import { peopleApi } from './people/api.ts';
import { callOf, openApi, type Route } from './platform/api.ts';
import { answerTo, problem } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { timingOf } from './platform/meter.ts';
import { Refusal } from './platform/refusal.ts';
import { enter } from './portal.ts';
import { searchApi } from './search/api.ts';
import { ticketsApi } from './tickets/api.ts';

/** Every route of the API, by feature. */
export const apiRoutes: Route[] = [...forumApi, ...ticketsApi, ...kbApi, ...searchApi, ...accountsApi, ...peopleApi];

const api = new Hono<Edge>();
for (const { method, path, status = 200, handle } of apiRoutes) {
  api.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
    const { portal, meter } = enter(c.req.raw, c.env, (work) => c.executionCtx.waitUntil(work));
    const bearer = c.req.header('authorization');
    try {
      const answer = await handle(await callOf(c, portal));
      if (bearer && portal.viewer.id === null) return problem(401, 'This token is not valid, or not any more.', {}, { 'www-authenticate': 'Bearer' });
      return c.json(answer as object, status, { 'server-timing': timingOf(meter), 'cache-control': 'private, no-store' });
    } catch (error) {
      if (bearer && portal.viewer.id === null && error instanceof Refusal && error.reason !== 'invalid') return problem(401, 'This token is not valid, or not any more.', {}, { 'www-authenticate': 'Bearer' });
      return answerTo(error, c.req.path);
    }
  });
}

/** Everything that is not a page: where it lives, and which feature answers. */
export const routes = new Hono<Edge>()
  .get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  .get('/api/v1/openapi.json', (c) => c.json(openApi(apiRoutes, c.env.STOA_URL)))
  .get('/api/docs', (c) => c.html(docs(apiRoutes)))
  .route('/api/v1', api)
  .all('/api/*', () => problem(404, 'There is no such route. The description of all is at /api/v1/openapi.json.'));
