import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { notFound } from '../platform/refusal.ts';
import type { Locale } from '../platform/viewer.ts';
import { configurationOf } from './configuration.ts';
import type { Door } from './door.ts';
import { keptFlow, LONGEST } from './flow.ts';
import { providerToUse } from './queries.ts';
import { unsealed } from './seal.ts';
import { spoken } from './trouble.ts';

/** Where a provider sends people back to: the address to register with it. */
export const backTo = (url: string, slug: string) => `${url}/sign-in/with/${slug}/back`;

/** What is asked of GitHub: the profile, and the addresses with what is proved of them. */
const OF_GITHUB = 'read:user user:email';

/** Starts a sign-in: where to send the browser, and the cookie that binds what comes back to it. */
export async function start({ portal, call, secret, url, https }: Door, slug: string, { next, locale }: { next: string | null; locale: Locale }): Promise<{ to: string; cookie: string }> {
  const [provider] = await portal.load(providerToUse(slug));
  if (!provider) throw notFound();
  const clientSecret = unsealed(secret, provider.id, provider.clientSecret);
  const configuration = await configurationOf(call, { ...provider, clientSecret }).catch(spoken(slug));
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const isGitHub = provider.kind === 'github';
  const to = buildAuthorizationUrl(configuration, {
    redirect_uri: backTo(url, slug),
    scope: [isGitHub ? OF_GITHUB : 'openid email profile', provider.scopes].filter(Boolean).join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(isGitHub ? {} : { nonce }),
  });
  return { to: to.href, cookie: keptFlow(secret, slug, { state, nonce, verifier, next, locale, until: Date.now() + LONGEST }, https) };
}
