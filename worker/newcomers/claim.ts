import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { overtaken } from '../platform/refusal.ts';
import { everywhereModerators } from '../trust/access.ts';
import { NewcomerClaim } from './input.ts';
import { newcomerToClaim } from './queries.ts';
import { newcomers } from './schema.ts';

/** Takes somebody new to look at oneself, or, when one has them, puts them back. */
export const claimNewcomer = operation({
  name: 'newcomers.claim',
  input: NewcomerClaim,
  subject: ({ person }) => newcomerToClaim(person),
  may: everywhereModerators,
  decide({ db, viewer }, { person, version }, newcomer) {
    if (newcomer.version !== version || newcomer.status !== 'open') throw overtaken();
    const claimedBy = newcomer.claimedBy === viewer.id ? null : viewer.id;
    return {
      statements: [db.update(newcomers).set({ claimedBy }).where(eq(newcomers.userId, person))],
      events: [{ type: 'newcomer.claimed', subject: `newcomer ${person}`, revision: version + 1, data: { person, by: claimedBy } }],
      result: { person },
    };
  },
});
