import { operation } from '../platform/operation.ts';
import { everywhereModerators } from './access.ts';
import { GivenLevel } from './input.ts';
import { trustToSet } from './queries.ts';
import { trust } from './schema.ts';

/** Gives somebody a level by hand, which then stays as it is, or lets what they do decide again. */
export const setTrust = operation({
  name: 'trust.set',
  input: GivenLevel,
  subject: ({ handle }) => trustToSet(handle),
  may: everywhereModerators,
  decide({ db, now }, { level }, { id, level: before, isLocked, revision }) {
    const given = level === 'automatic' ? { isLocked: false, dueAt: now } : { isLocked: true, level: Number(level), slippedAt: null };
    return {
      statements: [db.insert(trust).values({ userId: id, ...given }).onConflictDoUpdate({ target: trust.userId, set: given })],
      events: [{ type: 'person.trusted', subject: `trust of ${id}`, revision: revision + 1, data: { person: id, from: before, to: level, wasLocked: isLocked } }],
      result: { level },
    };
  },
});
