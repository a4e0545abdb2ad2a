import { and, eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { OneAccount } from './input.ts';
import { mySeat } from './queries.ts';
import { accountContacts } from './schema.ts';

/** Acts for another of one's accounts from now on, with the role one has there. The one before stays among the others. */
export const switchAccount = operation({
  name: 'members.switch',
  input: OneAccount,
  subject: ({ account }) => mySeat(account),
  may: signedIn,
  decide({ db, now }, _input, { id, accountId, primaryId, primaryRole, contactRole, revision }) {
    if (contactRole === null) throw notFound();
    return {
      statements: [
        db.delete(accountContacts).where(and(eq(accountContacts.userId, id), eq(accountContacts.accountId, accountId))),
        ...(primaryId ? [db.insert(accountContacts).values({ userId: id, accountId: primaryId, accountRole: primaryRole, createdAt: now })] : []),
        db.update(users).set({ accountId, accountRole: contactRole }).where(eq(users.id, id)),
      ],
      events: [{ type: 'person.switched_account', subject: id, revision: revision + 1, data: { from: { accountId: primaryId, accountRole: primaryRole }, to: { accountId, accountRole: contactRole } } }],
      result: { id },
    };
  },
});
