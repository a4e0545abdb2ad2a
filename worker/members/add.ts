import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { NewSeat } from './input.ts';
import { maybeSeat } from './queries.ts';
import { accountContacts } from './schema.ts';

/** Puts a customer into an account. Who acts for another one already belongs to both from now on, and chooses. */
export const addMember = operation({
  name: 'members.add',
  input: NewSeat,
  subject: ({ account, person }) => maybeSeat(account, person),
  may: permitted('accounts.change'),
  decide({ db, now }, _input, seat) {
    if (seat?.role !== 'customer') throw invalid({ person: 'No customer has this address yet. Invite them instead.' });
    const { id, accountId, primaryId, contactRole, revision } = seat;
    if (primaryId === accountId || contactRole !== null) return { statements: [], events: [], result: { id } };
    return {
      statements: [primaryId === null ? db.update(users).set({ accountId, accountRole: 'member' }).where(eq(users.id, id)) : db.insert(accountContacts).values({ userId: id, accountId, createdAt: now })],
      events: [{ type: 'person.joined_account', subject: id, revision: revision + 1, data: { from: { accountId: primaryId }, to: { accountId: primaryId ?? accountId }, account: accountId, by: 'staff' } }],
      result: { id },
    };
  },
});
