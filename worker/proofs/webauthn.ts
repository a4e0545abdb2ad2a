import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { Refusal } from '../platform/refusal.ts';
import type { passkeys } from './schema.ts';

/** Loaded when somebody uses a passkey, not before. */
const library = () => import('@simplewebauthn/server');

/** EdDSA, ES256 and RS256, by their COSE numbers: what every authenticator knows one of. */
const ALGORITHMS = [-8, -7, -257];

/** Whom a passkey is for, as browsers name it: a domain and the address of its pages. A number is no name, so a machine of one's own is `localhost`. */
function relyingParty(url: string): { id: string; origin: string } {
  const { protocol, hostname, port, origin } = new URL(url);
  return /^127\.|^\[::1\]$/.test(hostname) ? { id: 'localhost', origin: `${protocol}//localhost${port && `:${port}`}` } : { id: hostname, origin };
}

/** What a browser is told to find a passkey by (`PublicKeyCredentialRequestOptionsJSON`): any of this site's will do. */
export const optionsToEnter = (url: string, challenge: string) => ({ challenge, rpId: relyingParty(url).id, userVerification: 'required', timeout: 300_000, allowCredentials: [] });

/** What a browser is told to make a passkey by (`PublicKeyCredentialCreationOptionsJSON`): one that it can find again by itself. */
export const optionsToMake = (url: string, challenge: string, person: { id: string; email: string; name: string }, existing: string[]) => ({
  challenge,
  rp: { id: relyingParty(url).id, name: 'Stoa' },
  user: { id: Buffer.from(person.id).toString('base64url'), name: person.email, displayName: person.name },
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
  excludeCredentials: existing.map((id) => ({ type: 'public-key', id })),
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
  timeout: 300_000,
});

const wrong = () => new Refusal('invalid', 'This passkey could not be checked. Try again, or sign in another way.');

/** The credential that a browser made for a challenge; refused when the answer is not whole, or the person was not checked. */
export async function madeFor(url: string, challenge: string, response: RegistrationResponseJSON) {
  const { verifyRegistrationResponse } = await library();
  const { id, origin } = relyingParty(url);
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS };
  const { registrationInfo } = await verifyRegistrationResponse({ response, ...expected }).catch(() => ({ registrationInfo: undefined }));
  if (!registrationInfo) throw wrong();
  const { credential } = registrationInfo;
  return { id: credential.id, publicKey: Buffer.from(credential.publicKey).toString('base64url'), counter: credential.counter, transports: credential.transports ?? [] };
}

/** Checks a passkey's answer to a challenge, and returns its new counter; refused when the signature or the counter is wrong, or the person was not checked. */
export async function answeredBy(url: string, challenge: string, passkey: typeof passkeys.$inferSelect, response: AuthenticationResponseJSON): Promise<number> {
  const { verifyAuthenticationResponse } = await library();
  const { id, origin } = relyingParty(url);
  const credential = { id: passkey.id, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: passkey.counter };
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true };
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({ response, ...expected, credential }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  if (!verified || !authenticationInfo || !isOf(passkey.userId, response)) throw wrong();
  return authenticationInfo.newCounter;
}

/** A passkey that can be found without a name says whose it is. */
const isOf = (person: string, { response: { userHandle } }: AuthenticationResponseJSON) => !userHandle || Buffer.from(userHandle, 'base64url').toString() === person;
