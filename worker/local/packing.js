// What Cloudflare compresses on the way is compressed here, for clients that ask for it. Who asks for nothing pays nothing.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Bytes below which it is not worth it. */
const LEAST = 1_024;

const TEXT = /^(text\/(?!event-stream)|image\/svg\+xml|application\/(javascript|json|xml|[\w.-]+\+(json|xml)))/;

/** Of zlib's nine levels: the default makes a page 2 % smaller, and takes half as long again. */
const LEVEL = 4;

/** Whether a client takes gzip (RFC 9110, 12.5.3). */
function takesGzip(accepted) {
  let [gzip, any] = [undefined, false];
  for (const part of accepted?.toLowerCase().split(',') ?? []) {
    const [name, ...more] = part.split(';').map((word) => word.trim());
    const isTaken = !more.some((word) => /^q=0(\.0*)?$/.test(word));
    if (name === 'gzip' || name === 'x-gzip') gzip = isTaken;
    if (name === '*') any = isTaken;
  }
  return gzip ?? any;
}

/**
 * Whether what comes back may be compressed. Lengths of compressed pages tell something of what is in them to who listens on the line and can have a browser
 * ask for the page with guesses in its address (BREACH, 2013). No page holds a secret that stays the same: keys of forms are new each time, and
 * who sent a form is told by its origin. But a page of somebody with cookies holds words for them alone, so it is compressed only where the browser says
 * that no other site had it asked for.
 */
export const mayPack = ({ method, headers }) =>
  method !== 'HEAD' && takesGzip(headers.get('accept-encoding')) && !headers.has('range') && (!headers.has('cookie') || ['same-origin', 'none'].includes(headers.get('sec-fetch-site')));

/** Not what is a file of people, or a stream, which both say how they are to be saved; nor what is compressed already, or part of something. */
const isWorthIt = ({ status, headers, body, webSocket }) =>
  body && !webSocket && status !== 206 && !headers.has('content-encoding') && !headers.has('content-disposition') && TEXT.test(headers.get('content-type') ?? '') && !headers.get('cache-control')?.includes('no-transform');

/** Whether a file of the site is to be compressed. */
export const isWorthPacking = (type, size) => size >= LEAST && TEXT.test(type);

export const pack = (bytes) => gzipSync(bytes, { level: LEVEL });

/**
 * Headers of what was compressed: other bytes under the same name are the same only weakly (RFC 9110, 8.8.1). Answers that are not compressed say nothing of it,
 * for no cache between may keep them; files of the site do.
 */
function headersOf(given) {
  const headers = new Headers(given);
  const etag = headers.get('etag');
  if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
  headers.delete('content-length');
  headers.set('content-encoding', 'gzip');
  if (!headers.get('vary')?.includes('Accept-Encoding')) headers.append('vary', 'Accept-Encoding');
  return headers;
}

/** An answer whose bytes are compressed already. */
export const packedAs = (bytes, headers) => new Response(bytes, { headers: headersOf(headers), encodeBody: 'manual' });

/** Bytes of compressed answers that are kept. */
const ROOM = 8_000_000;
const kept = new Map();
let size = 0;

/** Answers that are kept as they are, or are files, come again and again: to find that one is the same costs a tenth of compressing it. */
function packedBefore(bytes) {
  const key = createHash('sha1').update(bytes).digest('base64');
  const known = kept.get(key);
  if (known) return known;
  const packed = pack(bytes);
  kept.set(key, packed);
  size += packed.length;
  for (const [oldest, { length }] of kept) {
    if (size <= ROOM) break;
    kept.delete(oldest);
    size -= length;
  }
  return packed;
}

const comesAgain = (headers) => headers.has('etag') || headers.get('server-timing')?.includes('cache;desc=hit');

/** An answer, compressed where it is worth it: pages are whole before they are sent, so there is nothing to stream. */
export async function packed(answer) {
  const response = await answer;
  if (!isWorthIt(response)) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length < LEAST) return new Response(bytes, response);
  const { status, statusText, headers } = response;
  return new Response(comesAgain(headers) ? packedBefore(bytes) : pack(bytes), { status, statusText, headers: headersOf(headers), encodeBody: 'manual' });
}
