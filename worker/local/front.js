// What stands before the built worker on a machine of one's own: Cloudflare's static assets and clock, by the same rules.
import app, * as exports from './entry.mjs';
import assets from './assets.json.mjs';

export const { TicketRoom, TopicRoom, WriteGate } = exports;

const serve = async (request, env, asset) => {
  if (request.headers.get('if-none-match') === asset.headers.etag) return new Response(null, { status: 304, headers: asset.headers });
  const file = await env.FILES.fetch(`http://files/${encodeURI(asset.file)}`);
  return new Response(request.method === 'HEAD' ? null : file.body, { headers: asset.headers });
};

const assetAt = (url) => {
  const [pathname] = url.slice(url.indexOf('/', url.indexOf('://') + 3)).split(/[?#]/, 1);
  return assets[pathname] ?? assets[pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname];
};

const ASSETS = (env) => ({
  fetch: (input, init) => {
    const request = new Request(input, init);
    const asset = assetAt(request.url);
    return asset ? serve(request, env, asset) : Promise.resolve(new Response(null, { status: 404 }));
  },
});

/** As `run_worker_first` in wrangler.toml. */
const WORKER_FIRST = /^https?:\/\/[^/]+(\/el)?\/kb\/[^/?]+\/[^/?]/;

const surrounded = new WeakMap();
const surround = (env) => {
  let whole = surrounded.get(env);
  if (!whole) surrounded.set(env, (whole = { ...env, ASSETS: ASSETS(env) }));
  return whole;
};

export default {
  fetch(request, env, context) {
    const asset = (request.method === 'GET' || request.method === 'HEAD') && !WORKER_FIRST.test(request.url) ? assetAt(request.url) : undefined;
    return asset ? serve(request, env, asset) : app.fetch(request, surround(env), context);
  },
};

export const clock = {
  async fetch(request, env, context) {
    await app.scheduled({ cron: await request.text(), scheduledTime: Date.now(), noRetry() {} }, surround(env), context);
    return new Response('done');
  },
};
