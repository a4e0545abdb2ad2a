import { eq } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import { operation } from '../platform/operation.ts';
import { overtaken, Refusal } from '../platform/refusal.ts';
import { judges } from './access.ts';
import { EndingOverride } from './input.ts';
import { accountToJudge } from './queries.ts';
import { accountHealth, dueAgain, noOverride } from './schema.ts';
import { shownOf } from './shown.ts';

/** Ends what somebody said of an account before its time: the measures count again. */
export const endOverride = operation({
  name: 'health.end-override',
  input: EndingOverride,
  subject: ({ id }) => accountToJudge(id),
  may: judges,
  decide({ db, now }, { id, revision }, account) {
    if (revision !== undefined && revision !== account.revision) throw overtaken();
    if (account.kind === null) throw new Refusal('conflict', 'This counts no longer.');
    return {
      statements: [
        db.update(accountHealth).set({ ...noOverride, ...dueAgain }).where(eq(accountHealth.accountId, id)),
        db.update(accounts).set({ health: shownOf(account, undefined, now) }).where(eq(accounts.id, id)),
      ],
      events: [{ type: 'account.health_override_ended', subject: id, revision: account.revision + 1, data: { kind: account.kind, points: account.points } }],
      result: { id },
    };
  },
});
