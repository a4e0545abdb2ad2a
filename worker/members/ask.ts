import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { isCompanys } from './access.ts';
import { OneAccount } from './input.ts';
import { accountToJoin } from './queries.ts';
import { joinRequests } from './schema.ts';

/** Joins the account that one's address is a domain of, where that is open, or asks those who keep it. */
export const askToJoin = operation({
  name: 'members.ask-to-join',
  input: OneAccount,
  subject: ({ account }) => accountToJoin(account),
  may: signedIn,
  decide({ db, viewer, now }, { account }, found) {
    if (!isCompanys(found)) throw notFound();
    const [id, revision] = [viewer.id!, found.revision + 1];
    const isIn = found.joining === 'open';
    return {
      statements: isIn
        ? [db.update(users).set({ accountId: account, accountRole: 'member' }).where(eq(users.id, id)), db.delete(joinRequests).where(eq(joinRequests.userId, id))]
        : [db.insert(joinRequests).values({ userId: id, accountId: account, createdAt: now }).onConflictDoUpdate({ target: joinRequests.userId, set: { accountId: account, createdAt: now } })],
      events: [isIn ? { type: 'person.joined_account', subject: id, revision, data: { from: { accountId: null }, to: { accountId: account }, by: 'domain' } } : { type: 'person.asked_to_join', subject: id, data: { account } }],
      result: { isIn },
    };
  },
});
