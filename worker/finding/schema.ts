import type { Sql } from '../platform/gate.ts';
import { isOther, otherStemOf, stemmed, stemOf, wordsOf } from '../platform/text.ts';

/** Whose a ticket is, and which group holds it. */
type Kind = 'person' | 'account' | 'group';

const plain = (id: string) => id.replace(/[_-]/g, '').toLowerCase();

/** What the index holds of an id: no word of a text begins with the sign. */
export const signOf = (kind: Kind, id: string) => `§${kind[0]}${plain(id)}`;

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

/** The statement that lets people be found by their names and addresses who were not yet; triggers keep them as they are called. */
export function peopleFindable(people: { id: string; name: string; email: string }[]): Sql {
  const listed = new Map(people.map(({ id, name, email }) => [plain(id), wordsOf(`${name} ${email}`).join(' ')]));
  return {
    sql: `insert into people_names (person, words) select value ->> 0, value ->> 1 from json_each(?) where not exists (select 1 from people_names where people_names match 'person : "' || (value ->> 0) || '"')`,
    args: [JSON.stringify([...listed])],
  };
}
