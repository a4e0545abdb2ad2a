import { createRemoteJWKSet, customFetch, decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from '../platform/refusal.ts';
import type { Call } from '../platform/outside.ts';
import { addressOf, type Claims, languageOf, nameOf, textOf } from './claims.ts';
import { onceOf } from './door.ts';
import type { HostApp } from './schema.ts';
import { hostAppSecret } from './secret.ts';
import { Vouched } from './vouched.ts';

/** Characters that a token may have, seconds that it may live, and seconds that two clocks may differ. */
const LARGEST = 8_000;
const LONGEST = 5 * 60;
const SKEW = 30;

/** What a token is checked against. */
export interface Checking {
  call: Call;
  secret: string;
  hostApp: HostApp;
  /** Our public address, for which the token has to be meant. */
  url: string;
  now: Date;
}

const INVALID = 'This sign-in is not valid. Go back to where you came from and try again.';
const LATE = 'This sign-in took too long. Go back to where you came from and try again.';

/** A token (JWT, RFC 7519) that the company's product signed for one of its users, as its word; refused with one sentence when anything about it is wrong. */
export async function vouchedByToken(checking: Checking, token: string): Promise<{ vouched: Vouched; returnTo: unknown }> {
  const claims = await checked(checking, token).catch((error: Error) => {
    console.error(JSON.stringify({ provider: 'host-app', error: error.message }));
    throw new Refusal('forbidden', error instanceof errors.JWTExpired ? LATE : INVALID);
  });
  return { vouched: wordOf(claims, checking.hostApp), returnTo: claims['return_to'] };
}

async function checked({ call, secret, hostApp, url, now }: Checking, token: string): Promise<JWTPayload> {
  if (token.length > LARGEST) throw new Error('The token is too large');
  const options = { audience: [url, `${url}/`], maxTokenAge: LONGEST, clockTolerance: SKEW, currentDate: now, requiredClaims: ['sub', 'email', 'iat', 'exp', 'jti'] };
  const { alg } = decodeProtectedHeader(token);
  const claims = alg === 'HS256' ? await bySecret(token, liveSecrets(secret, hostApp, now), options) : (await jwtVerify(token, keysAt(call, hostApp.jwks), { ...options, algorithms: ['RS256', 'ES256'] })).payload;
  if (claims.exp! - claims.iat! > LONGEST) throw new Error('The token lives longer than five minutes');
  if (claims['email_verified'] === false) throw new Error('The address is not proved');
  if (![claims.sub, claims.jti].every((text) => typeof text === 'string' && text.length > 0 && text.length <= 200)) throw new Error('`sub` and `jti` are texts of 1 to 200 characters');
  if (!addressOf(claims)) throw new Error('`email` is no address');
  return claims;
}

/** While a secret is changed two are live: whichever fits. */
async function bySecret(token: string, secrets: string[], options: object): Promise<JWTPayload> {
  let last: unknown = new Error('There is no shared secret');
  for (const secret of secrets) {
    try {
      return (await jwtVerify(token, new TextEncoder().encode(secret), { ...options, algorithms: ['HS256'] })).payload;
    } catch (error) {
      last = error;
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw last;
}

const liveSecrets = (secret: string, { keys }: HostApp, now: Date) => keys.filter(({ endsAt }) => endsAt === null || endsAt > now.getTime()).map(({ id }) => hostAppSecret(secret, id));

const sets = new Map<string, JWTVerifyGetKey>();

/** The product's public keys: kept for ten minutes, asked again for one that is not among them, at most every half minute. */
function keysAt(call: Call, address: string | null): JWTVerifyGetKey {
  if (!address) throw new Error('No address of public keys is set');
  let set = sets.get(address);
  if (!set) {
    if (sets.size >= 10) sets.clear();
    sets.set(address, (set = createRemoteJWKSet(new URL(address), { [customFetch]: call as never, timeoutDuration: 5_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 })));
  }
  return set;
}

const wordOf = (claims: Claims & JWTPayload, { makesAccounts }: HostApp) =>
  new Vouched({
    provider: 'host-app',
    how: 'sso',
    issuer: 'host-app',
    subject: claims.sub!,
    email: addressOf(claims),
    name: nameOf(claims),
    locale: languageOf(claims),
    account: textOf(claims, 'account'),
    plan: textOf(claims, 'plan', 80),
    role: null,
    audience: 'customers',
    joinsByDomain: true,
    makesAccounts,
    once: onceOf('host-app', claims.jti!),
  });
