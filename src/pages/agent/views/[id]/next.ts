import type { APIRoute } from 'astro';
import { notFound, Refusal } from '../../../../../worker/platform/refusal.ts';
import { takeNext } from '../../../../../worker/views/next.ts';
import { myViews } from '../../../../../worker/views/queries.ts';
import { requirePermission } from '../../../../forms/desk.ts';
import { formOf } from '../../../../forms/submit.ts';

/** How often it is asked again when somebody else took the same ticket in that moment. */
const TRIES = 5;

const to = (location: string) => new Response(null, { status: 303, headers: { location } });

/** Whoever comes here by a link is led to the view. */
export const GET: APIRoute = ({ params }) => to(`/agent/views/${params['id']}`);

/** Leads on to the next ticket of a view that nobody else works on; `number` is the one that is left, `skip` puts it off. */
export const POST: APIRoute = async ({ params, request, locals: { portal } }) => {
  const id = params['id']!;
  const { number, skip } = await formOf(request);
  const [views] = await portal.load(myViews());
  requirePermission(portal.viewer, 'tickets.see');
  const view = views.find((one) => one.id === id);
  if (!view) throw notFound();
  for (let tries = 1; ; tries++) {
    try {
      const next = await portal.run(takeNext, { condition: view.condition, sort: view.sort, number, skip });
      return to(next.number === null ? `/agent/views/${id}?done=1` : `/agent/tickets/${next.number}?view=${id}`);
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'conflict' || tries === TRIES) throw error;
    }
  }
};
