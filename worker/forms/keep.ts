import { eq } from 'drizzle-orm';
import { operation, type Writing } from '../platform/operation.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { Form } from './input.ts';
import { formToKeep } from './queries.ts';
import { ticketForms } from './schema.ts';

/** Makes a form, or changes the one of this id. One that is out of use can be chosen no more; tickets that have it keep it. Only one is for everybody. */
export const keepForm = operation({
  name: 'forms.keep',
  input: Form,
  subject: ({ id }) => formToKeep(id ?? ''),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { id: wanted, ...form }, { found, revision }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (form.isDefault && !form.isActive) throw invalid({ isDefault: 'A form that is out of use cannot be for everybody.' });
    const id = wanted ?? newId('frm');
    const alone: Writing[] = form.isDefault ? [raw('update ticket_forms set is_default = 0 where is_default = 1 and id <> ?', [id])] : [];
    return {
      statements: [...alone, found === null ? db.insert(ticketForms).values({ id, ...form, createdAt: now }) : db.update(ticketForms).set(form).where(eq(ticketForms.id, id))],
      events: [{ type: found === null ? 'form.made' : 'form.changed', subject: id, revision: revision + 1, data: { name: form.nameEn, active: form.isActive, default: form.isDefault } }],
      result: { id },
    };
  },
});
