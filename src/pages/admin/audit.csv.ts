import type { APIRoute } from 'astro';
import { filtersOf, requireLog } from '../../forms/log.ts';
import { firstOfFile, logFile } from '../../forms/log-file.ts';
import { streamOf } from '../../forms/stream.ts';

/** The log, filtered as on its page, as a file. */
export const GET: APIRoute = async ({ locals: { portal }, url }) => {
  const filters = filtersOf(url.searchParams, portal.viewer.timeZone);
  const [first] = await portal.load(firstOfFile(filters));
  requireLog(portal.viewer);
  return new Response(streamOf(logFile(portal, filters, first, portal.viewer.locale)), { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="stoa-log.csv"', 'cache-control': 'private, no-store' } });
};
