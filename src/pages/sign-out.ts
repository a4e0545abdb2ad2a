import type { APIRoute } from 'astro';
import { signOut } from '../../worker/people/sign-out.ts';
import { path } from '../messages/index.ts';

/** Ends the session, here and in the database. */
export const POST: APIRoute = async ({ locals }) => {
  const { session } = locals.entrance;
  if (session) await locals.portal.run(signOut, { session });
  return new Response(null, { status: 303, headers: { location: path(locals.locale, '/') } });
};
