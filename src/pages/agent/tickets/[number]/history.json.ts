import type { APIRoute } from 'astro';
import { HistoryFilters } from '../../../../../worker/history/input.ts';
import { notFound } from '../../../../../worker/platform/refusal.ts';
import { ticketAtDesk } from '../../../../../worker/tickets/queries.ts';
import { requirePermission } from '../../../../forms/desk.ts';
import { firstOfHistory, historyJson } from '../../../../forms/history.ts';
import { numberIn } from '../../../../forms/number.ts';
import { streamOf } from '../../../../forms/stream.ts';

/** A ticket's history, filtered as on its page, as a file. */
export const GET: APIRoute = async ({ locals: { portal }, params, url }) => {
  const number = numberIn(params);
  const filters = HistoryFilters.parse(Object.fromEntries(url.searchParams));
  const [ticket, first] = await portal.load(ticketAtDesk(number), firstOfHistory(number, filters));
  requirePermission(portal.viewer, 'tickets.see');
  if (!ticket) throw notFound();
  return new Response(streamOf(historyJson(portal, number, filters, first)), { headers: { 'content-type': 'application/json', 'content-disposition': `attachment; filename="ticket-${number}-history.json"`, 'cache-control': 'private, no-store' } });
};
