import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { notFound, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { OnePlace } from './input.ts';
import { formToPlaceIn } from './queries.ts';
import { formFields } from './schema.ts';

/** Takes a question out of a form. Tickets that answered it keep their answers, for staff. */
export const displaceField = operation({
  name: 'forms.displace',
  input: OnePlace,
  subject: ({ form, field }) => formToPlaceIn(form, field),
  may: permitted('settings.manage'),
  decide({ db }, { field }, { id, key, questions, placed }) {
    if (!(field in placed)) throw notFound();
    if (questions.some(({ when }) => when?.field === field)) throw new Refusal('conflict', 'Another question waits for this one. Change that one first.');
    return { statements: [db.delete(formFields).where(and(eq(formFields.formId, id), eq(formFields.fieldId, field)))], events: [{ type: 'form.changed', subject: id, data: { without: key } }], result: { id } };
  },
});
