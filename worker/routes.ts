import { type Context, Hono } from 'hono';
import { accountsApi } from './accounts/api.ts';
import { adviceApi } from './advice/api.ts';
import { assignmentsApi } from './assignments/api.ts';
import { attachmentsApi } from './attachments/api.ts';
import { serveFile } from './attachments/serve.ts';
import { bulkApi } from './bulk/api.ts';
import { deflectionsApi } from './deflections/api.ts';
import { docs } from './docs.ts';
import { draftsApi } from './drafts/api.ts';
import { formsApi } from './forms/api.ts';
import { followingApi } from './following/api.ts';
import { forumApi } from './forum/api.ts';
import { ideasApi } from './ideas/api.ts';
import { invitationsApi } from './invitations/api.ts';
import { incidentsApi } from './incidents/api.ts';
import { insightsApi } from './insights/api.ts';
import { linksApi } from './links/api.ts';
import { watchQueue, watchTicket, watchTopic, watchView } from './live.ts';
import { macrosApi } from './macros/api.ts';
import { groupsApi } from './groups/api.ts';
import { kbApi } from './kb/api.ts';
import { moderationApi } from './moderation/api.ts';
import { mailApi } from './mail/api.ts';
import { suspendedApi } from './suspended/api.ts';
import { newcomersApi } from './newcomers/api.ts';
import { peopleApi } from './people/api.ts';
import { callOf, isForeign, type Route, takesJson } from './platform/api.ts';
import { answerTo, problem, problemOf } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { timingOf } from './platform/meter.ts';
import { openApi } from './platform/openapi.ts';
import type { Portal } from './platform/portal.ts';
import { Refusal } from './platform/refusal.ts';
import { areaOf, reaches } from './platform/scope.ts';
import { enter } from './portal.ts';
import { postsApi } from './posts/api.ts';
import { sanctionsApi } from './sanctions/api.ts';
import { searchApi } from './search/api.ts';
import { searchesApi } from './searches/api.ts';
import { statusesApi } from './statuses/api.ts';
import { sidesApi } from './sides/api.ts';
import { surveysApi } from './surveys/api.ts';
import { tagsApi } from './tags/api.ts';
import { ticketsApi } from './tickets/api.ts';
import { trustApi } from './trust/api.ts';
import { viewsApi } from './views/api.ts';

/** Every route of the API, by feature. */
export const apiRoutes: Route[] = [...forumApi, ...tagsApi, ...postsApi, ...adviceApi, ...assignmentsApi, ...followingApi, ...ideasApi, ...ticketsApi, ...draftsApi, ...linksApi, ...sidesApi, ...bulkApi, ...formsApi, ...statusesApi, ...deflectionsApi, ...incidentsApi, ...surveysApi, ...macrosApi, ...viewsApi, ...groupsApi, ...kbApi, ...searchApi, ...searchesApi, ...accountsApi, ...attachmentsApi, ...insightsApi, ...peopleApi, ...moderationApi, ...newcomersApi, ...suspendedApi, ...trustApi, ...sanctionsApi, ...invitationsApi, ...mailApi];

const mounted = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** Refuses whom their token does not let call a route: what is wrong with a call is told to nobody else. */
async function admitted(portal: Portal, { method, path }: Route): Promise<void> {
  await portal.load();
  if (portal.viewer.token !== null && !reaches(portal.viewer.scope, areaOf(path), method === 'get' ? 'read' : 'write')) throw new Refusal('forbidden', 'This token can only read.');
}

async function answer(c: Context<Edge>, route: Route): Promise<Response> {
  const { portal, meter, network } = enter(c.req.raw, c.env, (work) => c.executionCtx.waitUntil(work), areaOf(route.path));
  try {
    if (!route.files && isForeign(c.req.raw)) {
      await admitted(portal, route);
      return problem(415, 'Send JSON, with `Content-Type: application/json`.');
    }
    const result = await route.handle(callOf(c, route, portal, network));
    return c.json(result as object, route.status ?? 200, { 'server-timing': timingOf(meter), 'cache-control': 'private, no-store' });
  } catch (thrown) {
    const error = thrown instanceof Refusal && thrown.reason === 'invalid' ? await admitted(portal, route).then(() => thrown, (refused: unknown) => refused) : thrown;
    const said = answerTo(error, c.req.path, c.env.STOA_SECRET);
    if (said.status === 401) said.headers.set('www-authenticate', 'Bearer');
    return said;
  }
}

const api = new Hono<Edge>();
for (const route of apiRoutes) api.on(route.method.toUpperCase(), mounted(route.path), (c) => answer(c, route));
for (const path of new Set(apiRoutes.map((route) => route.path))) {
  const methods = apiRoutes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  api.all(mounted(path), (c) => (c.req.method === 'OPTIONS' ? new Response(null, { status: 204, headers: { allow } }) : problem(405, `Here one can ${allow}.`, {}, { allow })));
}

/** A file; for who may not have it there is none. */
async function file(c: Context<Edge>): Promise<Response> {
  const { portal, files, meter, cookies } = enter(c.req.raw, c.env, (work) => c.executionCtx.waitUntil(work));
  try {
    const answer = await serveFile(c.req.raw, c.req.param('id')!, { portal, files });
    answer.headers.set('server-timing', timingOf(meter));
    for (const cookie of cookies()) answer.headers.append('set-cookie', cookie);
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return problemOf(error);
    throw error;
  }
}

/** Everything below `/api`: an application of its own, so that the few routes beside pages are found without looking at these hundreds. */
const calls = new Hono<Edge>()
  .get('/api/v1/openapi.json', (c) => c.json(openApi(apiRoutes, c.env.STOA_URL)))
  .get('/api', (c) => c.redirect('/api/docs'))
  .get('/api/docs', (c) => c.html(docs(apiRoutes, c.env.STOA_URL)))
  .route('/api/v1', api)
  .all('/api/*', () => problem(404, 'There is no such route. The description of all is at /api/v1/openapi.json.'))
  .onError((error, c) => answerTo(error, c.req.path));

/** What is below `/api/v1` is answered in JSON, whatever comes of it; whoever takes none is told so, and nothing is done. */
const called = (c: Context<Edge>) =>
  takesJson(c.req.raw.headers.get('accept')) || !c.req.path.startsWith('/api/v1/') ? calls.fetch(c.req.raw, c.env, c.executionCtx) : problem(406, 'The API answers in JSON: let `Accept` take `application/json`, or leave it out.');

/** Everything that is not a page: where it lives, and which feature answers. */
export const routes = new Hono<Edge>()
  .get('/forum/topics/:number/live', watchTopic)
  .get('/tickets/:number/live', watchTicket)
  .get('/agent/live', watchQueue)
  .get('/agent/views/:id/live', watchView)
  .get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  .get('/favicon.ico', (c) => c.redirect('/favicon.svg', 301))
  .get('/el/api/docs', (c) => c.redirect('/api/docs'))
  .get('/files/:id/:name', file)
  .all('/api/*', called);
