import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Removal } from './input.ts';
import { wordById } from './queries.ts';
import { wordRules } from './schema.ts';

/** Takes a word from the list. */
export const removeWord = operation({
  name: 'screening.remove-word',
  input: Removal,
  subject: ({ id }) => wordById(id),
  may: permitted('settings.manage'),
  decide({ db }, { id }, { pattern, action }) {
    return { statements: [db.delete(wordRules).where(eq(wordRules.id, id))], events: [{ type: 'word.unlisted', subject: id, data: { pattern, action } }], result: { id } };
  },
});
