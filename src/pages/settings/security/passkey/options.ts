import type { APIRoute } from 'astro';
import { isFresh } from '../../../../forms/desk.ts';
import { path } from '../../../../messages/index.ts';
import { newChallenge, toMake } from '../../../../../worker/proofs/challenge.ts';
import { myPasskeys, myStanding } from '../../../../../worker/proofs/queries.ts';
import { optionsToMake } from '../../../../../worker/proofs/webauthn.ts';

/** What a browser makes a passkey by; the challenge goes along in a cookie, and counts in this session only. Who has to prove themself first is sent to the page, which says so. */
export const POST: APIRoute = async ({ locals: { entrance, portal, locale }, redirect }) => {
  const [person, passkeys] = await portal.load(myStanding(), myPasskeys());
  if (!person || !isFresh(portal.viewer)) return redirect(path(locale, '/settings/security/passkey'), 303);
  const { challenge, cookie } = newChallenge(entrance.secret, toMake(entrance.session ?? ''), entrance.https);
  return Response.json(optionsToMake(entrance.url, challenge, person, passkeys.map(({ id }) => id)), { headers: { 'set-cookie': cookie } });
};
