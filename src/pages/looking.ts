import type { APIRoute } from 'astro';
import { stopLook } from '../../worker/looks/stop.ts';
import { Refusal } from '../../worker/platform/refusal.ts';

/** Gives staff their own eyes back, and leads to whose they had. When the time was over by itself there is nothing to stop. */
export const POST: APIRoute = async ({ locals: { entrance, portal } }) => {
  const stopped = await portal.run(stopLook, { session: entrance.session ?? '' }).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    return { handle: null };
  });
  return new Response(null, { status: 303, headers: { location: stopped.handle ? `/people/${stopped.handle}` : '/' } });
};
