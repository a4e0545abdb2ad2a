import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { OneField } from './input.ts';
import { fieldToRemove } from './queries.ts';
import { ticketFields } from './schema.ts';

/** Takes a question away that no ticket answered. */
export const removeField = operation({
  name: 'forms.remove-field',
  input: OneField,
  subject: ({ id }) => fieldToRemove(id),
  may: permitted('settings.manage'),
  decide({ db }, _, { id, key, isAnswered, isAwaited }) {
    if (isAnswered) throw new Refusal('conflict', 'Tickets carry answers to this question. Take it out of its forms instead.');
    if (isAwaited) throw new Refusal('conflict', 'Another question waits for this one. Change that one first.');
    return { statements: [db.delete(ticketFields).where(eq(ticketFields.id, id))], events: [{ type: 'field.removed', subject: id, data: { key } }], result: { id } };
  },
});
