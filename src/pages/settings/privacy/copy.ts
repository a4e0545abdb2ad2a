import type { APIRoute } from 'astro';
import { copyOf } from '../../../forms/copy.ts';
import { streamOf } from '../../../forms/stream.ts';
import { t } from '../../../messages/index.ts';
import { copyOpened } from '../../../../worker/privacy/queries.ts';

/** A copy of everything about a person, for who asked for it and holds the link. */
export const GET: APIRoute = async ({ locals: { portal, entrance, locale }, url }) => {
  const now = new Date();
  const [person] = await portal.load(copyOpened(url.searchParams.get('key') ?? '', now));
  const name = `stoa-${t(locale).privacy.copyFile}-${person.handle.replace(/[^\w-]/g, '')}.zip`;
  return new Response(streamOf(copyOf({ portal, person, locale, zone: portal.viewer.timeZone, now, files: entrance.files })), { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store' } });
};
