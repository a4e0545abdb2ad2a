import { keyFor, matches } from '../platform/signature.ts';

/**
 * The secret of a token made over the API, `stoa_…` with 192 bits: made from its id with the workspace's key, so that a repeated call gets the
 * same one though none is kept.
 */
export const tokenSecret = (secret: string, id: string) => `stoa_${keyFor(secret, 'token', id)}`;

/** What stays readable of a token's secret. */
export const prefixOf = (token: string) => token.slice(0, 9);

/** The address where the first admin of an empty workspace introduces themself: only who runs the workspace is told it. */
export const setupLink = (secret: string) => `/welcome?key=${setupKey(secret)}`;

const setupKey = (secret: string) => keyFor(secret, 'setup', 'owner');

/** Whether this is the key of the setup link. */
export const isSetupKey = (secret: string, key: string) => matches(setupKey(secret), key);
