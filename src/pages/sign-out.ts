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
  // What customers typed and did not send is kept by their browser (src/components/Typed.astro); what staff chose about keys stays.
  if (portal.viewer.id === null || portal.viewer.role === 'customer') headers.set('clear-site-data', '"storage"');
  for (const cookie of entrance.forget()) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
};
