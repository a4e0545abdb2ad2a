import { and, eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound, Refusal } from '../platform/refusal.ts';
import { keepers } from './access.ts';
import { SeatRole } from './input.ts';
import { seatOf } from './queries.ts';
import { accountContacts } from './schema.ts';

/** Makes a member admin of their account, or a member again. It counts from their next request on. */
export const setMemberRole = operation({
  name: 'members.set-role',
  input: SeatRole,
  subject: ({ account, person }) => seatOf(account, person),
  may: keepers,
  decide({ db, viewer }, { role: accountRole }, { id, role, accountId, primaryId, primaryRole, contactRole, revision }) {
    const isPrimary = primaryId === accountId;
    const from = isPrimary ? primaryRole : contactRole;
    if (role !== 'customer' || from === null) throw notFound();
    if (id === viewer.id) throw new Refusal('conflict', 'You cannot change your own role. Ask another admin of the account.');
    if (from === accountRole) return { statements: [], events: [], result: { id } };
    return {
      statements: [
        isPrimary
          ? db.update(users).set({ accountRole }).where(eq(users.id, id))
          : db.update(accountContacts).set({ accountRole }).where(and(eq(accountContacts.userId, id), eq(accountContacts.accountId, accountId))),
      ],
      events: [{ type: 'person.changed_account_role', subject: id, revision: revision + 1, data: { account: accountId, from: { accountRole: from }, to: { accountRole } } }],
      result: { id },
    };
  },
});
