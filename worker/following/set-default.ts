import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Default } from './input.ts';
import { defaultToSet } from './queries.ts';
import { followDefaults } from './schema.ts';

/** Defaults that a workspace has at most: each is looked at when something is told. */
const MOST = 200;

/** Sets how closely a group of the team, or all who come from now on, follow a category or tag that they have chosen nothing for; or sets it no longer. Nothing is written for any of them. */
export const setDefault = operation({
  name: 'following.set-default',
  input: Default,
  subject: ({ group, category, tag }) => defaultToSet(group, category, tag),
  may: permitted('settings.manage'),
  decide({ db, now }, { group, category, tag, level }, found) {
    if (group !== '' && found.groupId === null) throw invalid({ group: 'Choose a group from the list.' });
    if (category !== '' && found.categoryId === null) throw invalid({ category: 'Choose a category.' });
    if (level !== 'normal' && found.count >= MOST) throw new Refusal('conflict', 'The list is full. Remove what is no longer needed.');
    const target = found.categoryId ?? `tag:${found.tag ?? tag}`;
    return {
      statements: [
        level === 'normal'
          ? db.delete(followDefaults).where(and(eq(followDefaults.target, target), eq(followDefaults.groupId, group)))
          : db.insert(followDefaults).values({ target, groupId: group, level, createdAt: now }).onConflictDoUpdate({ target: [followDefaults.target, followDefaults.groupId], set: { level } }),
      ],
      events: [{ type: 'follow.default_set', subject: target, data: { group, level } }],
      result: { target, level },
    };
  },
});
