import { LOCKED } from '../platform/entry.ts';
import { disposition } from '../platform/file-name.ts';
import type { Portal } from '../platform/portal.ts';
import { notFound } from '../platform/refusal.ts';
import type { Store } from '../platform/store.ts';
import { attachmentById } from './queries.ts';
import { isPicture } from './told.ts';

/** A file for who may have it, in one round trip: pictures to be looked at, everything else to be saved. It is asked for again each time, since rights change. */
export async function serveFile(request: Request, id: string, { portal, files }: { portal: Portal; files: Store }): Promise<Response> {
  const [file] = await portal.load(attachmentById(id));
  if (!file) throw notFound();
  const shown = isPicture(file);
  const etag = `"${file.sha256.slice(0, 32)}"`;
  const headers = {
    'content-type': shown ? file.type : 'application/octet-stream',
    'content-disposition': disposition(shown ? 'inline' : 'attachment', file.name),
    'content-security-policy': LOCKED,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
    'content-length': String(file.size),
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag, 'cache-control': headers['cache-control'], 'content-security-policy': LOCKED } });
  if (request.method === 'HEAD') return new Response(null, { headers });
  const bytes = await files.get(file.key);
  if (!bytes) {
    console.error(JSON.stringify({ file: file.id, error: 'not in the store' }));
    throw notFound();
  }
  return new Response(bytes, { headers });
}
