import { keyFor } from '../platform/signature.ts';

/** Where somebody stops our mail, signed in or not: a page with a button, and, by RFC 8058, a form of mail programs. */
export const unsubscribeLink = (secret: string, personId: string) => `/unsubscribe?${new URLSearchParams({ person: personId, key: keyFor(secret, 'unsubscribe', personId) })}`;
