import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { PersonChange } from './input.ts';
import { mayDecideOn } from './may-decide.ts';
import { personToChange } from './records.ts';
import { users } from './schema.ts';

/** Sets the name, language and account of somebody, as far as they are said. It counts from their next request on. */
export const changePerson = operation({
  name: 'people.change',
  input: PersonChange,
  subject: ({ person, account }) => personToChange(person, account ?? ''),
  may: permitted('people.manage'),
  decide({ db, viewer }, { name, locale, account, accountRole }, { id, chosenId, revision, ...person }) {
    mayDecideOn(viewer, person);
    if (account && !chosenId) throw invalid({ account: 'Choose an account.' });
    const accountId = account === undefined ? person.accountId : account ? chosenId : null;
    const wanted = { name: name ?? person.name, locale: locale ?? person.locale, accountId, accountRole: accountId === null ? ('member' as const) : (accountRole ?? (accountId === person.accountId ? person.accountRole : 'member')) };
    const to = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => value !== person[key as keyof typeof wanted]));
    if (Object.keys(to).length === 0) return { statements: [], events: [], result: { id } };
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, person[key as keyof typeof wanted]]));
    return {
      statements: [db.update(users).set(to).where(eq(users.id, id))],
      events: [{ type: 'person.changed', subject: id, revision: revision + 1, data: { from, to } }],
      result: { id },
    };
  },
});
