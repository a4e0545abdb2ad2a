import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Group } from './input.ts';
import { groupToKeep } from './queries.ts';
import { groupMembers, groups } from './schema.ts';

/** Makes a group of agents, or changes the one of this id: its name and who is in it. What somebody who leaves it holds stays theirs. */
export const keepGroup = operation({
  name: 'groups.keep',
  input: Group,
  subject: ({ id, name, members }) => groupToKeep(id ?? '', name, members),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { id: wanted, name, members }, { found, taken, known, revision, ...kept }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (taken) throw invalid({ name: 'There is a group with this name already.' });
    if (known !== members.length) throw invalid({ members: 'Choose people from the list.' });
    const id = wanted ?? newId('grp');
    const added = members.filter((one) => !kept.members.includes(one)).map((userId) => ({ groupId: id, userId }));
    const isSame = found !== null && kept.name === name && added.length === 0 && members.length === kept.members.length;
    if (isSame) return { statements: [], events: [], result: { id } };
    return {
      statements: [
        found === null ? db.insert(groups).values({ id, name, createdAt: now }) : db.update(groups).set({ name }).where(eq(groups.id, id)),
        ...(found === null ? [] : [db.delete(groupMembers).where(eq(groupMembers.groupId, id))]),
        ...members.map((userId) => db.insert(groupMembers).values({ groupId: id, userId })),
      ],
      events: [{ type: found === null ? 'group.made' : 'group.changed', subject: id, revision: revision + 1, data: { name, members } }],
      result: { id },
    };
  },
});
