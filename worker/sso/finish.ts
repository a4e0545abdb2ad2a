import { authorizationCodeGrant, type Configuration, fetchUserInfo, ResponseBodyError } from 'openid-client';
import type { Call } from '../platform/outside.ts';
import { Refusal } from '../platform/refusal.ts';
import { addressOf, type Claims, claimOf, isProved, languageOf, nameOf, roleOf, textOf } from './claims.ts';
import { configurationOf, type Talking } from './configuration.ts';
import { type Door, type Guise, letIn, onceOf } from './door.ts';
import { type Flow, flowOf } from './flow.ts';
import { profileOnGitHub } from './github.ts';
import { providerToUse } from './queries.ts';
import { unsealed } from './seal.ts';
import type { providers } from './schema.ts';
import { backTo } from './start.ts';
import { spoken } from './trouble.ts';
import { Vouched } from './vouched.ts';

type Provider = typeof providers.$inferSelect;

/**
 * Finishes a sign-in: what came back belongs to this browser (state), is for us (PKCE), answers our question (nonce), and is let in. `search` is
 * the query of the address that the provider sent the browser to, `cookie` the value of the flow's.
 */
export async function finish(door: Door, slug: string, search: string, cookie: string | undefined, device: string) {
  const flow = flowOf(door.secret, slug, cookie);
  if (!flow) throw new Refusal('forbidden', 'This sign-in was not started in this browser, or it took longer than ten minutes. Start again.');
  const [provider] = await door.portal.load(providerToUse(slug));
  if (!provider) throw new Refusal('forbidden', 'This way in is closed. Choose another.');
  const vouched = await vouchedBy(door, provider, flow, new URL(backTo(door.url, slug) + search)).catch(spoken(slug));
  const guise: Guise = { locale: flow.locale, device };
  return { ...(await letIn(door, vouched, guise)), next: flow.next };
}

async function vouchedBy({ call, secret }: Door, provider: Provider, flow: Flow, at: URL): Promise<Vouched> {
  const talking: Talking = { ...provider, clientSecret: unsealed(secret, provider.id, provider.clientSecret) };
  const claims = await claimsFor(call, provider, talking, flow, at).catch((error) => {
    // Who is not known by a secret in the header may be known by one in the body; the code is still good.
    if (error instanceof ResponseBodyError && error.error === 'invalid_client') return claimsFor(call, provider, { ...talking, shows: 'body' }, flow, at);
    throw error;
  });
  return wordOf(provider, claims, onceOf(provider.slug, flow.state));
}

/** Exchanges the code, once everything about it is right, for what the provider says of the person. */
async function claimsFor(call: Call, provider: Provider, talking: Talking, { state, nonce, verifier }: Flow, at: URL): Promise<Claims> {
  const configuration = await configurationOf(call, talking);
  const isGitHub = provider.kind === 'github';
  const tokens = await authorizationCodeGrant(configuration, at, { expectedState: state, pkceCodeVerifier: verifier, ...(isGitHub ? {} : { expectedNonce: nonce, idTokenExpected: true }) });
  return isGitHub ? profileOnGitHub(call, provider.issuer, tokens.access_token) : completed(configuration, provider, tokens.claims()!, tokens.access_token);
}

/** What the id token says; where it lacks what we need, with what the issuer says of the person when asked, which then counts. */
async function completed(configuration: Configuration, { roleClaim, accountClaim }: Provider, claims: Claims & { sub: string }, accessToken: string): Promise<Claims> {
  const lacks = !claims['email'] || [roleClaim, accountClaim].some((name) => name && claimOf(claims, name) === undefined);
  if (!lacks || !configuration.serverMetadata().userinfo_endpoint) return claims;
  const said: Claims = await fetchUserInfo(configuration, accessToken, claims.sub);
  // An address and whether it is proved are said by one and the same.
  const { email, email_verified, ...rest } = claims;
  return { ...rest, ...(said['email'] ? {} : { email, email_verified }), ...said, iss: claims['iss'] };
}

function wordOf(provider: Provider, claims: Claims, once: string): Vouched {
  const { slug, audience, roleClaim, roles, accountClaim, trustsEmail, joinsByDomain } = provider;
  return new Vouched({
    provider: slug,
    how: 'oidc',
    issuer: String(claims['iss']),
    subject: String(claims['sub']),
    email: trustsEmail || isProved(claims) ? addressOf(claims) : null,
    name: nameOf(claims),
    locale: languageOf(claims),
    account: textOf(claims, accountClaim),
    plan: null,
    role: roleOf(claims, roleClaim, roles),
    audience,
    joinsByDomain,
    makesAccounts: false,
    once,
  });
}
