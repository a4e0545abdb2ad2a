import { keyFor } from '../platform/signature.ts';

/** The page of a decision about somebody, for whoever holds the link: they may be shut out. */
export const statementLink = (secret: string, id: string) => `/statements/${id}?key=${statementKey(secret, id)}`;

export const statementKey = (secret: string, id: string) => keyFor(secret, 'statement', id);
