import { and, eq } from 'drizzle-orm';
import { posted } from '../mail/schema.ts';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { keepers } from './access.ts';
import { letIn } from './emails.ts';
import { Answer } from './input.ts';
import { seatOf } from './queries.ts';
import { accountContacts, joinRequests } from './schema.ts';

/** Lets somebody in who asked to join, with a letter that says so, or not. Who has found another account meanwhile belongs to both. */
export const answerRequest = operation({
  name: 'members.answer',
  input: Answer,
  subject: ({ account, person }) => seatOf(account, person),
  may: keepers,
  decide(setting, { approve, url }, seat) {
    if (!seat.asked) throw notFound();
    const { db, now } = setting;
    const { id, accountId } = seat;
    const done = db.delete(joinRequests).where(and(eq(joinRequests.userId, id), eq(joinRequests.accountId, accountId)));
    if (approve === 'no') return { statements: [done], events: [{ type: 'person.not_let_in', subject: id, data: { account: accountId } }], result: { id } };
    const isFirst = seat.primaryId === null;
    return {
      statements: [
        done,
        isFirst ? db.update(users).set({ accountId, accountRole: 'member' }).where(eq(users.id, id)) : db.insert(accountContacts).values({ userId: id, accountId, createdAt: now }).onConflictDoNothing(),
        posted(db, setting, letIn({ to: seat.email, locale: seat.locale, account: seat.accountName, url })),
      ],
      events: [{ type: 'person.joined_account', subject: id, revision: seat.revision + 1, data: { from: { accountId: seat.primaryId }, to: { accountId: isFirst ? accountId : seat.primaryId }, account: accountId, by: 'approval' } }],
      result: { id },
    };
  },
});
