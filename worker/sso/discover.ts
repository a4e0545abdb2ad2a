import type { Call } from '../platform/outside.ts';
import { discovered } from './configuration.ts';

/** What an issuer publishes of itself, as far as an admin wants to see it; or why it could not be read. */
export type Published = { issuer: string; authorization: string; token: string; person: string; keys: string; signs: string[] } | { trouble: string };

/** Asks an issuer now, whatever is remembered of it. */
export async function publishedBy(call: Call, issuer: string): Promise<Published> {
  try {
    const said = (await discovered(call, { kind: 'oidc', issuer, clientId: 'nobody', clientSecret: 'none' })).serverMetadata();
    const { authorization_endpoint: authorization = '', token_endpoint: token = '', userinfo_endpoint: person = '', jwks_uri: keys = '', id_token_signing_alg_values_supported: signs } = said;
    return { issuer: said.issuer, authorization, token, person, keys, signs: Array.isArray(signs) ? signs.map(String) : [] };
  } catch (error) {
    const { message, cause } = error as Error;
    return { trouble: cause instanceof Error ? cause.message : message };
  }
}
