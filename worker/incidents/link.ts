import { hashOf, keyFor } from '../platform/signature.ts';

/** The key of what a guest waits for: of the same address and thing always the same, and nothing that anybody else can make. */
export const waitKey = (secret: string, kind: string, refId: string, address: string) => keyFor(secret, 'await', `${kind} ${refId} ${address}`);

/** What we keep of it. */
export const hashOfWait = (key: string) => hashOf(`await ${key}`);

/** Where a guest says that they mean it, and where they stop it: pages with a button, and, by RFC 8058, a form of mail programs. */
export const waitLink = (key: string) => `/waiting?${new URLSearchParams({ key })}`;
export const stopLink = (key: string) => `/unsubscribe?${new URLSearchParams({ wait: key })}`;
