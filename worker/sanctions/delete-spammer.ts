import { operation } from '../platform/operation.ts';
import { overtaken, Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { hasPowers } from './access.ts';
import { deleted, isWriter } from './deleting.ts';
import { maySanction } from './imposing.ts';
import { SpammerDeletion } from './input.ts';
import { spammerToDelete } from './queries.ts';

/**
 * Takes everything that a spammer wrote from view, and their votes away, and shuts them out: their sessions open nothing from the next request on. Their address, networks and
 * links are noted, so that they do not come again. For seven days it can be undone, and everything is as it was.
 */
export const deleteSpammer = operation({
  name: 'sanctions.delete-spammer',
  input: SpammerDeletion,
  subject: ({ person }) => spammerToDelete(person),
  may: freshly(permitted('people.suspend')),
  decide(setting, { posts }, person) {
    maySanction(setting.viewer, person);
    if (hasPowers(person)) throw new Refusal('conflict', 'Who works or moderates here is no spammer.');
    if (isWriter(person)) throw new Refusal('conflict', 'This person gave accepted answers or wrote much: they are no spammer. Suspend them instead.');
    if (person.deletion) throw new Refusal('conflict', 'This was done already.');
    if (person.posts > posts) throw overtaken();
    return deleted(setting, person);
  },
});
