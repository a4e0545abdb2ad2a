import { keyFor } from '../platform/signature.ts';

/** A secret shared with the company's product: made from its id with the workspace's key, so that nothing of it is kept. 36 characters, 192 bits. */
export const hostAppSecret = (secret: string, id: string) => `sso_${keyFor(secret, 'host app', id)}`;
