import type { APIRoute } from 'astro';
import { signOut } from '../../worker/people/sign-out.ts';
import { Refusal } from '../../worker/platform/refusal.ts';
import { path } from '../messages/index.ts';

/** Ends the session, in the database and in the browser. One that has ended by itself is forgotten all the same. */
export const POST: APIRoute = async ({ locals: { entrance, portal, locale } }) => {
  const { session } = entrance;
  if (session) await portal.run(signOut, { session }).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
  });
  const headers = new Headers({ location: path(locale, '/') });
  for (const cookie of entrance.forget()) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
};
