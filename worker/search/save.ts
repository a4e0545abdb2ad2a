import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { KeptSearch } from './input.ts';
import { savedSearches } from './schema.ts';

/** Searches that one person keeps, at most. */
const MOST = 20;

/** Keeps a search under a name; under the name of another in its place. It is no event: nobody else hears of it. */
export const saveSearch = operation({
  name: 'search.save',
  input: KeptSearch,
  may: signedIn,
  decide({ db, viewer, now }, { name, q, type = null }) {
    const kept = { q, type, createdAt: now };
    return {
      guard: { holds: sql`(select count(*) from saved_searches where user_id = ${viewer.id} and name <> ${name}) < ${MOST}`, otherwise: new Refusal('conflict', 'You keep twenty searches. Remove one first.') },
      statements: [db.insert(savedSearches).values({ userId: viewer.id!, name, ...kept }).onConflictDoUpdate({ target: [savedSearches.userId, savedSearches.name], set: kept })],
      events: [],
      result: { name },
    };
  },
});
