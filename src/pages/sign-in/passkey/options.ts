import type { APIRoute } from 'astro';
import { newChallenge, toEnter } from '../../../../worker/proofs/challenge.ts';
import { optionsToEnter } from '../../../../worker/proofs/webauthn.ts';

/** What a browser asks its passkeys; the challenge goes along in a cookie. Asks the database nothing. */
export const POST: APIRoute = ({ locals: { entrance } }) => {
  const { challenge, cookie } = newChallenge(entrance.secret, toEnter, entrance.https);
  return Response.json(optionsToEnter(entrance.url, challenge), { headers: { 'set-cookie': cookie } });
};
