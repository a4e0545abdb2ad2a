import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Following } from './input.ts';
import { targetToFollow } from './queries.ts';
import { follows } from './schema.ts';

/** Follows a topic, a category or a tag more or less closely, or no longer, whatever is set for others like them. */
export const follow = operation({
  name: 'following.follow',
  input: Following,
  subject: ({ kind, target }) => targetToFollow(kind, target),
  may: signedIn,
  decide({ db, viewer, now }, { kind, level }, { id }) {
    const userId = viewer.id!;
    const statement =
      level === 'normal' && kind === 'topic'
        ? db.delete(follows).where(and(eq(follows.userId, userId), eq(follows.target, id)))
        : db.insert(follows).values({ userId, target: id, level, createdAt: now }).onConflictDoUpdate({ target: [follows.userId, follows.target], set: { level, byHand: true } });
    return { statements: [statement], events: [{ type: 'follow.changed', subject: `follows of ${userId}`, data: { target: id, level } }], result: { level } };
  },
});
