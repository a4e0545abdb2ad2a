// What stands before the built worker on a machine of one's own: Cloudflare's static assets and clock, by the same rules.
import app, * as exports from './entry.mjs';
import assets from './assets.json.mjs';
import { mayPack, pack, packed, packedAs } from './packing.mjs';

export const { TicketRoom, TopicRoom, WriteGate } = exports;

const fileOf = (env, asset) => env.FILES.fetch(`http://files/${encodeURI(asset.file)}`);

/** Files that somebody asked for compressed, each compressed once: some hundred kilobytes in all. */
const packs = new Map();

const packOf = async (env, asset) => {
  if (!packs.has(asset)) packs.set(asset, pack(new Uint8Array(await (await fileOf(env, asset)).arrayBuffer())));
  return packs.get(asset);
};

const serve = async (request, env, asset) => {
  // Compressed or not, it is the same file (RFC 9110, 13.1.2).
  if (request.headers.get('if-none-match')?.includes(asset.headers.etag)) return new Response(null, { status: 304, headers: asset.headers });
  if (asset.packs && mayPack(request)) return packedAs(await packOf(env, asset), asset.headers);
  const file = await fileOf(env, asset);
  return new Response(request.method === 'HEAD' ? null : file.body, { headers: asset.headers });
};

const assetAt = (url) => {
  const [pathname] = url.slice(url.indexOf('/', url.indexOf('://') + 3)).split(/[?#]/, 1);
  return assets[pathname] ?? assets[pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname];
};

const ASSETS = (env) => ({
  fetch: (input, init) => {
    const { url, method, headers } = new Request(input, init);
    const has = headers.get('if-none-match');
    // What the worker goes on to work with comes as it is.
    const request = new Request(url, { method, headers: has ? { 'if-none-match': has } : {} });
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
    if (asset) return serve(request, env, asset);
    const answer = app.fetch(request, surround(env), context);
    return mayPack(request) ? packed(answer) : answer;
  },
};

export const clock = {
  async fetch(request, env, context) {
    await app.scheduled({ cron: await request.text(), scheduledTime: Date.now(), noRetry() {} }, surround(env), context);
    return new Response('done');
  },
};
