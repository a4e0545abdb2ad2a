import type { APIRoute } from 'astro';
import { formOfTicket } from '../../../../../worker/forms/queries.ts';
import { HistoryFilters } from '../../../../../worker/history/input.ts';
import { notFound } from '../../../../../worker/platform/refusal.ts';
import { ticketAtDesk } from '../../../../../worker/tickets/queries.ts';
import { requirePermission } from '../../../../forms/desk.ts';
import { firstOfHistory, historyCsv } from '../../../../forms/history.ts';
import { numberIn } from '../../../../forms/number.ts';
import { streamOf } from '../../../../forms/stream.ts';

/** A ticket's history, filtered as on its page, as a file. */
export const GET: APIRoute = async ({ locals: { portal }, params, url }) => {
  const number = numberIn(params);
  const filters = HistoryFilters.parse(Object.fromEntries(url.searchParams));
  const [ticket, form, first] = await portal.load(ticketAtDesk(number), formOfTicket(number), firstOfHistory(number, filters));
  requirePermission(portal.viewer, 'tickets.see');
  if (!ticket) throw notFound();
  return new Response(streamOf(historyCsv(portal, number, filters, first, portal.viewer.locale, { questions: form?.questions ?? [] })), { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="ticket-${number}-history.csv"`, 'cache-control': 'private, no-store' } });
};
