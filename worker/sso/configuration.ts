import { allowInsecureRequests, ClientSecretBasic, ClientSecretPost, Configuration, customFetch, discovery, enableNonRepudiationChecks, type ServerMetadata } from 'openid-client';
import type { Call } from '../platform/outside.ts';
import { hashOf } from '../platform/signature.ts';
import { MINUTE } from '../platform/time.ts';

/** What of a provider says how to talk to it. */
export interface Talking {
  kind: 'oidc' | 'github';
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the client secret is shown; what an issuer wants depends on how the client was registered there, which nobody can ask. */
  shows?: 'header' | 'body';
}

/** Seconds that an issuer may take to answer. */
const PATIENCE = 5;
/** Milliseconds that what an issuer published is believed, and how many are remembered. */
const BELIEVED = 10 * MINUTE;
const MOST = 50;

const known = new Map<string, { configuration: Configuration; until: number }>();

/** How to talk to a provider: asked of it by discovery (OpenID Connect Discovery 1.0) and remembered for ten minutes, its keys too. */
export async function configurationOf(call: Call, { kind, issuer, clientId, clientSecret, shows = 'header' }: Talking): Promise<Configuration> {
  const talking = { kind, issuer, clientId, clientSecret, shows };
  const key = hashOf(JSON.stringify(talking));
  const kept = known.get(key);
  if (kept && kept.until > Date.now()) return kept.configuration;
  const configuration = talking.kind === 'github' ? ofGitHub(call, talking) : await discovered(call, talking);
  if (known.size >= MOST) known.delete(known.keys().next().value!);
  known.set(key, { configuration, until: Date.now() + BELIEVED });
  return configuration;
}

/** Asks an issuer afresh how to talk to it. */
export function discovered(call: Call, { issuer, clientId, clientSecret, shows }: Talking): Promise<Configuration> {
  // The signature of an id token is checked always, though it comes straight from the issuer (OpenID Connect Core 1.0, 3.1.3.7).
  const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])];
  return discovery(new URL(issuer), clientId, clientSecret, shows === 'body' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret), { [customFetch]: call as never, timeout: PATIENCE, execute });
}

/** GitHub speaks OAuth 2 without discovery; so does a server of one's own. */
function ofGitHub(call: Call, { issuer, clientId, clientSecret }: Talking): Configuration {
  const at = `${issuer.replace(/\/$/, '')}/login/oauth`;
  const server: ServerMetadata = { issuer: at, authorization_endpoint: `${at}/authorize`, token_endpoint: `${at}/access_token` };
  const configuration = new Configuration(server, clientId, clientSecret);
  configuration[customFetch] = call as never;
  configuration.timeout = PATIENCE;
  if (issuer.startsWith('http:')) allowInsecureRequests(configuration);
  return configuration;
}
