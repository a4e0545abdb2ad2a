import { isOther, otherStemOf, stemmed, stemOf } from '../platform/text.ts';

/** Whose a ticket is, and which group holds it. */
type Kind = 'person' | 'account' | 'group';

/** What the index holds of an id: no word of a text begins with the sign. */
export const signOf = (kind: Kind, id: string) => `§${kind[0]}${id.replace(/[_-]/g, '').toLowerCase()}`;

/** The group of tickets that no group holds. */
export const NO_GROUP = signOf('group', 'none');

const stems = (text: string) => stemmed(text, isOther(text) ? otherStemOf : stemOf);

/** A ticket as staff find it: what each of its messages says, the subjects of those that became part of it, and whose it is. */
export interface AtDesk {
  subject: string;
  messages: string[];
  parts: string[];
  requesterId: string;
  accountId: string | null;
  groupId: string | null;
}

/** The columns of `desk_texts` for a ticket. */
export const deskColumns = ({ subject, messages, parts, requesterId, accountId, groupId }: AtDesk) => ({
  subject: stems(subject),
  body: [...parts, ...messages].map(stems).join(' '),
  about: [signOf('person', requesterId), accountId ? signOf('account', accountId) : '', groupId ? signOf('group', groupId) : NO_GROUP].join(' '),
});
