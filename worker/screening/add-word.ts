import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { NewWord } from './input.ts';
import { listsToKeep } from './queries.ts';
import { wordRules } from './schema.ts';

/** Entries of one list, at most: every post is held against all of them. */
export const MOST = 500;

/** Puts a word or expression on the list, with what follows from it. */
export const addWord = operation({
  name: 'screening.add-word',
  input: NewWord,
  subject: () => listsToKeep('', ''),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { follows: action, ...said }, { words }) {
    const word = { ...said, action };
    if (words >= MOST) throw new Refusal('conflict', 'The list is full. Remove what no longer finds anything.');
    const id = newId('wrd');
    return {
      statements: [db.insert(wordRules).values({ id, ...word, createdAt: now })],
      events: [{ type: 'word.listed', subject: id, data: word }],
      result: { id },
    };
  },
});
