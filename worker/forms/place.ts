import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Place } from './input.ts';
import type { Question } from './judge.ts';
import { formToPlaceIn } from './queries.ts';
import { formFields } from './schema.ts';

/** Questions of one form, at most. */
const MOST = 60;

/** Puts a question into a form, or changes how it stands in it. What it waits for stands before it, so that nothing waits in a circle. */
export const placeField = operation({
  name: 'forms.place',
  input: Place,
  subject: ({ form, field }) => formToPlaceIn(form, field),
  may: permitted('settings.manage'),
  decide({ db }, { form: _, field, when, position, ...flags }, { id: formId, fieldId, key, kind, questions, placed }) {
    if (fieldId === null) throw invalid({ field: 'Choose from the list.' });
    if (questions.length >= MOST && !(field in placed)) throw new Refusal('conflict', 'A form has sixty questions at most.');
    const [whenField, whenValue] = when ? [when.slice(0, when.indexOf(':')), when.slice(when.indexOf(':') + 1)] : [null, null];
    if (flags.isEditable && !flags.isVisible) throw invalid({ isEditable: 'What customers do not see they cannot answer.' });
    if (kind === 'contact' && flags.isVisible) throw invalid({ isVisible: 'Who may be any customer is chosen by staff, and seen by them alone.' });
    const awaited = whenField === null ? undefined : questions.find(({ id }) => id === whenField);
    if (whenField !== null) mayWaitFor(awaited, whenValue!, flags.isVisible, placed[whenField]! < position && whenField !== field);
    const waiting = questions.filter(({ when: its }) => its?.field === field);
    if (waiting.some(({ id }) => placed[id]! <= position)) throw invalid({ position: 'Another question waits for this one and has to come after it.' });
    if (!flags.isVisible && waiting.some(({ isVisible }) => isVisible)) throw invalid({ isVisible: 'A question that customers see waits for this one.' });
    const row = { position, ...flags, whenField, whenValue };
    return {
      statements: [db.insert(formFields).values({ formId, fieldId: field, ...row }).onConflictDoUpdate({ target: [formFields.formId, formFields.fieldId], set: row })],
      events: [{ type: 'form.changed', subject: formId, data: { field: key, ...flags } }],
      result: { id: formId },
    };
  },
});

function mayWaitFor(awaited: Question | undefined, value: string, isVisible: boolean, isBefore: boolean) {
  if (!awaited) throw invalid({ when: 'Choose from the list.' });
  if (!isBefore) throw invalid({ when: 'It can only wait for a question that comes before it.' });
  if (isVisible && !awaited.isVisible) throw invalid({ when: 'A question that customers see cannot wait for one that they do not see.' });
  const values = awaited.kind === 'checkbox' ? ['yes'] : awaited.choices.map((one) => one.value);
  if (!values.includes(value)) throw invalid({ when: 'Choose from the list.' });
}
