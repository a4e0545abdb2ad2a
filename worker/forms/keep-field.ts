import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Field } from './input.ts';
import { fieldToKeep } from './queries.ts';
import { ticketFields } from './schema.ts';

/** Makes a question, or changes the one of this id: what it says, its choices and its shape. Its key and its kind stay, since answers are kept by them. */
export const keepField = operation({
  name: 'forms.keep-field',
  input: Field,
  subject: ({ id, key }) => fieldToKeep(id ?? '', key),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { id: wanted, key, kind, choices, pattern, ...said }, { found, taken, awaited, revision, ...was }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (taken) throw invalid({ key: 'There is a question with this key already.' });
    if (found !== null && was.key !== key) throw invalid({ key: 'The key stays, since answers are kept by it.' });
    if (found !== null && was.kind !== kind) throw invalid({ kind: 'The kind stays, since answers are of it. Make another question.' });
    const isList = kind === 'choice' || kind === 'multi';
    if (isList && choices.length === 0) throw invalid({ choices: 'Write what can be chosen, one a line.' });
    if (kind === 'pattern' && pattern === '') throw invalid({ pattern: 'Write the shape of the answer.' });
    if (isList && awaited.some((one) => !choices.some(({ value }) => value === one))) throw invalid({ choices: 'Another question waits for a choice that is missing here.' });
    const id = wanted ?? newId('fld');
    const field = { ...said, choices: isList ? choices : [], pattern: kind === 'pattern' ? pattern : '' };
    return {
      statements: [found === null ? db.insert(ticketFields).values({ id, key, kind, ...field, createdAt: now }) : db.update(ticketFields).set(field).where(eq(ticketFields.id, id))],
      events: [{ type: found === null ? 'field.made' : 'field.changed', subject: id, revision: revision + 1, data: { key } }],
      result: { id },
    };
  },
});
