import { eq } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid, overtaken } from '../platform/refusal.ts';
import { DAY } from '../platform/time.ts';
import { judges } from './access.ts';
import { LONGEST, Overriding } from './input.ts';
import { accountToJudge } from './queries.ts';
import { accountHealth, dueAgain } from './schema.ts';
import { shownOf } from './shown.ts';

/** Says how an account does in place of its measures, or sets a limit to them, for a while and with a reason. What was said before ends. */
export const overrideHealth = operation({
  name: 'health.override',
  input: Overriding,
  subject: ({ id }) => accountToJudge(id),
  may: judges,
  decide({ db, viewer, now }, { id, revision, kind, points, reason, evidence = null, until }, account) {
    if (revision !== undefined && revision !== account.revision) throw overtaken();
    const end = new Date(Date.parse(`${until}T00:00:00Z`) + DAY);
    if (end <= now) throw invalid({ until: 'Choose a day to come.' });
    if (end.getTime() > now.getTime() + (LONGEST + 1) * DAY) throw invalid({ until: 'Choose a day within the next 90 days.' });
    const said = { overrideKind: kind, overridePoints: points, overrideReason: reason, overrideEvidence: evidence, overrideBy: viewer.id, overrideAt: now, overrideUntil: end };
    return {
      statements: [
        db.update(accountHealth).set({ ...said, ...dueAgain }).where(eq(accountHealth.accountId, id)),
        db.update(accounts).set({ health: shownOf(account, { kind, points, until: end }, now) }).where(eq(accounts.id, id)),
      ],
      events: [{ type: 'account.health_overridden', subject: id, revision: account.revision + 1, data: { kind, points, reason, ...(evidence ? { evidence } : {}), until: end.toISOString(), computed: account.score === null ? null : Math.round(account.score) } }],
      result: { id },
    };
  },
});
