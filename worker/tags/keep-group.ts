import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, notFound, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { TagGroup } from './input.ts';
import { tagGroupToKeep } from './queries.ts';
import { tagGroups } from './schema.ts';

/** Groups of tags of a workspace, at most: every new topic is held against all of them. */
const MOST = 50;

/** Makes a group of tags, or changes the one of this id: its name, its tags, whether a topic has one of them at most, and the categories that ask for one. */
export const keepTagGroup = operation({
  name: 'tags.keep-group',
  input: TagGroup,
  subject: ({ id, ...said }) => tagGroupToKeep({ id: id ?? '', ...said }),
  may: permitted('settings.manage'),
  decide({ db, newId }, { id: wanted, ...said }, { found, revision, taken, count, synonyms, categories }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (taken) throw invalid({ name: 'There is a group with this name already.' });
    if (synonyms.length > 0) throw invalid({ tags: `These are synonyms: ${synonyms.join(', ')}. Write the tags that they mean.` });
    if (categories !== said.requiredIn.length) throw invalid({ requiredIn: 'Choose categories from the list.' });
    if (found === null && count >= MOST) throw new Refusal('conflict', 'The list is full. Remove what no longer finds anything.');
    const id = wanted ?? newId('tgr');
    return {
      statements: [found === null ? db.insert(tagGroups).values({ id, ...said }) : db.update(tagGroups).set(said).where(eq(tagGroups.id, id))],
      events: [{ type: found === null ? 'tag.group_made' : 'tag.group_changed', subject: id, revision: revision + 1, data: said }],
      result: { id },
    };
  },
});
