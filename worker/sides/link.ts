import { keyFor } from '../platform/signature.ts';

/** The key of a member: what their link carries. */
export const keyOfMember = (secret: string, memberId: string) => keyFor(secret, 'side', memberId);

/** The address of a side conversation for one who takes part from outside. */
export const sideLink = (secret: string, memberId: string) => `/side?${new URLSearchParams({ key: keyOfMember(secret, memberId) })}`;

/** The address of mail that their answers go to: it says who answers, and where. */
export const replyAddress = (secret: string, memberId: string, host: string) => `${memberId}.${keyFor(secret, 'side reply', memberId).toLowerCase()}@${host}`;

/** The id of a letter that tells a member of a message; what answers it names it. */
export const letterId = (secret: string, messageId: string, memberId: string) => `${messageId}.${memberId}.${keyFor(secret, 'side letter', `${messageId} ${memberId}`)}`;
