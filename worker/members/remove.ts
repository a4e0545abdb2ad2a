import { and, eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound, Refusal } from '../platform/refusal.ts';
import { keepers } from './access.ts';
import { Seat } from './input.ts';
import { seatOf } from './queries.ts';
import { accountContacts } from './schema.ts';

/** Takes somebody out of an account: they see its tickets no more from their next request on. What they wrote and asked stays. */
export const removeMember = operation({
  name: 'members.remove',
  input: Seat,
  subject: ({ account, person }) => seatOf(account, person),
  may: keepers,
  decide({ db, viewer }, _input, { id, role, accountId, accountName, primaryId, primaryRole, contactRole, revision }) {
    const isPrimary = primaryId === accountId;
    if (role !== 'customer' || (!isPrimary && contactRole === null)) throw notFound();
    if (id === viewer.id) throw new Refusal('conflict', 'You cannot remove yourself. Ask another admin of the account.');
    return {
      statements: [
        isPrimary ? db.update(users).set({ accountId: null, accountRole: 'member' }).where(eq(users.id, id)) : db.delete(accountContacts).where(and(eq(accountContacts.userId, id), eq(accountContacts.accountId, accountId))),
      ],
      events: [{ type: 'person.left_account', subject: id, revision: revision + 1, data: { from: { accountId, accountRole: isPrimary ? primaryRole : contactRole }, to: { accountId: null }, account: accountName } }],
      result: { id },
    };
  },
});
