import { LOCKED } from '../platform/entry.ts';
import { disposition } from '../platform/file-name.ts';
import type { Portal } from '../platform/portal.ts';
import { notFound, Refusal } from '../platform/refusal.ts';
import type { Store } from '../platform/store.ts';
import { attachmentById } from './queries.ts';
import { staff } from './access.ts';
import { isOpen, isPicture, type Verdict } from './told.ts';

const WHY: Partial<Record<Verdict, string>> = {
  waiting: 'This file is being checked for harmful content. Try again in a minute.',
  failed: 'This file could not be checked for harmful content, and is not handed out.',
  infected: 'This file is harmful. It is not handed out.',
};

/** To browsers a page explains; everybody else is refused. */
function explained({ url, headers }: Request, file: { id: string; verdict: Verdict }, { viewer }: Portal): Response {
  if (!headers.get('accept')?.includes('text/html')) throw new Refusal('forbidden', WHY[file.verdict]!);
  return new Response(null, { status: 303, headers: { location: `${viewer.locale === 'el' ? '/el' : ''}/files/${file.id}${new URL(url).search}`, 'cache-control': 'private, no-store' } });
}

/** Whether staff know what they do: they come from the page that warns. */
const isWarned = ({ url }: Request, { verdict }: { verdict: Verdict }, { viewer }: Portal) => verdict !== 'infected' && staff.allows(viewer, undefined) && new URL(url).searchParams.has('unchecked');

/** A file for who may have it, in one round trip: pictures to be looked at, everything else to be saved; one that a scanner did not let through to nobody, but, with a warning before it, to staff who want to look at one that waits. It is asked for again each time, since rights change. */
export async function serveFile(request: Request, id: string, { portal, files }: { portal: Portal; files: Store }): Promise<Response> {
  const [file] = await portal.load(attachmentById(id));
  if (!file) throw notFound();
  if (!isOpen(file) && !isWarned(request, file, portal)) return explained(request, file, portal);
  const shown = isPicture(file) && isOpen(file);
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
