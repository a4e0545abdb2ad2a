import { expect, test } from 'vitest';
import { fits } from '../../worker/forms/read.ts';
import { removeField } from '../../worker/forms/remove-field.ts';
import { allFields, allForms, formById, formsToAsk } from '../../worker/forms/queries.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { stoa } from '../support/stoa.ts';
import { displaceField, formed, keepField, keepForm, placeField } from './support.ts';

test('a form is made, ordered and put out of use; only one is for everybody', async () => {
  const { as } = await stoa();
  const { form } = await formed(as('ada'));
  const { id } = await as('ada').run(keepForm, { nameEn: 'A question', position: -1, isActive: true, isDefault: true });
  const [forms] = await as('visitor').load(formsToAsk(''));
  expect(forms.map((one) => [one.id, one.isDefault, one.questions?.length])).toEqual([[id, true, 0], [form, false, undefined]]);
  await as('ada').run(keepForm, { id, nameEn: 'A question' });
  expect((await as('visitor').load(formsToAsk('')))[0].map((one) => one.id)).toEqual([form]);
  expect((await as('ada').load(allForms()))[0]).toHaveLength(2);
  await expect(as('ada').run(keepForm, { id, nameEn: 'A question', isDefault: true })).rejects.toMatchObject({ issues: { isDefault: expect.any(String) } });
  await expect(as('alice').run(openTicket, { subject: 'Hello there', body: 'x', form: id })).rejects.toMatchObject({ issues: { form: 'Choose a form from the list.' } });
});

test('questions wait for earlier ones only, and customers for none that they do not see', async () => {
  const { as } = await stoa();
  const { form, product, region, order, cause } = await formed(as('ada'));
  const place = (field: string, more: Record<string, unknown>) => as('ada').run(placeField, { form, field, isVisible: true, isEditable: true, ...more });
  await expect(place(product, { position: 1, when: `${order}:x` })).rejects.toMatchObject({ issues: { when: 'It can only wait for a question that comes before it.' } });
  await expect(place(product, { position: 9 })).rejects.toMatchObject({ issues: { position: expect.any(String) } });
  await expect(place(order, { position: 9, when: `${cause}:bug` })).rejects.toMatchObject({ issues: { when: expect.stringContaining('do not see') } });
  await expect(place(order, { position: 9, when: `${product}:moon` })).rejects.toMatchObject({ issues: { when: 'Choose from the list.' } });
  await expect(place(order, { position: 9, isVisible: false })).rejects.toMatchObject({ issues: { isEditable: expect.any(String) } });
  await expect(place('fld_none', { position: 9 })).rejects.toMatchObject({ issues: { field: 'Choose from the list.' } });
  await expect(as('ada').run(displaceField, { form, field: product })).rejects.toMatchObject({ reason: 'conflict' });
  await as('ada').run(displaceField, { form, field: region });
  expect((await as('ada').load(formById(form)))[0]?.questions.map(({ key }) => key)).toEqual(['product', 'order', 'cause']);
});

test('a question keeps its key and kind, and goes only while no ticket answers it', async () => {
  const { as } = await stoa();
  const { form, product, order } = await formed(as('ada'));
  const field = { id: product, key: 'product', kind: 'choice', labelEn: 'Which product', choices: 'cloud\nlocal\nboth' };
  await as('ada').run(keepField, field);
  await expect(as('ada').run(keepField, { ...field, key: 'products' })).rejects.toMatchObject({ issues: { key: expect.any(String) } });
  await expect(as('ada').run(keepField, { ...field, kind: 'multi' })).rejects.toMatchObject({ issues: { kind: expect.any(String) } });
  await expect(as('ada').run(keepField, { ...field, choices: 'local' })).rejects.toMatchObject({ issues: { choices: expect.stringContaining('waits') } });
  await expect(as('ada').run(keepField, { ...field, choices: 'cloud\ncloud' })).rejects.toMatchObject({ issues: { choices: 'Two choices are the same.' } });
  await expect(as('ada').run(keepField, { key: 'order', kind: 'text', labelEn: 'x' })).rejects.toMatchObject({ issues: { key: 'There is a question with this key already.' } });
  await as('alice').run(openTicket, { subject: 'Hello there', body: 'x', fields: { product: 'both', order: 'ORD-0001' } });
  await as('ada').run(displaceField, { form, field: order });
  await expect(as('ada').run(removeField, { id: order })).rejects.toMatchObject({ reason: 'conflict' });
  const { id } = await as('ada').run(keepField, { key: 'spare', kind: 'date', labelEn: 'Since when' });
  await as('ada').run(removeField, { id });
  expect((await as('ada').load(allFields()))[0].map(({ key }) => key)).toEqual(['cause', 'order', 'product', 'region']);
});

test('bad input names its field', async () => {
  const { as } = await stoa();
  await expect(as('ada').run(keepForm, { nameEn: '' })).rejects.toMatchObject({ issues: { nameEn: 'Write a name.' } });
  await expect(as('ada').run(keepField, { key: '9', kind: 'odd', labelEn: '' })).rejects.toMatchObject({ issues: { key: expect.any(String), kind: 'Choose from the list.', labelEn: 'Write the question.' } });
  await expect(as('ada').run(keepField, { key: 'a', kind: 'choice', labelEn: 'A' })).rejects.toMatchObject({ issues: { choices: expect.any(String) } });
  await expect(as('ada').run(keepField, { key: 'a', kind: 'pattern', labelEn: 'A' })).rejects.toMatchObject({ issues: { pattern: expect.any(String) } });
});

test('only who keeps the settings; for others there is nothing to keep', async () => {
  const { as } = await stoa();
  const { form, product } = await formed(as('ada'));
  for (const name of ['alice', 'agnes', 'mara'] as const) {
    await expect(as(name).run(keepForm, { nameEn: 'Mine' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(name).run(keepField, { key: 'mine', kind: 'text', labelEn: 'Mine' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(name).run(removeField, { id: product })).rejects.toMatchObject({ reason: 'not_found' });
    for (const op of [placeField, displaceField]) await expect(as(name).run(op as typeof displaceField, { form, field: product })).rejects.toMatchObject({ reason: expect.stringMatching(/forbidden|not_found/) });
    expect(await as(name).load(allForms(), allFields(), formById(form))).toEqual([[], [], undefined]);
  }
  await expect(as('visitor').run(keepForm, { nameEn: 'Mine' })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('a shape is checked in time that grows with the text alone', () => {
  expect([fits('ORD-####|INV-??', 'ord-0042'), fits('ORD-####|INV-??', 'inv-ΑΒ'), fits('**', 'a1'), fits('(a+)+$', 'aaaa'), fits('##', '1')]).toEqual([true, true, true, false, false]);
  expect(fits('*'.repeat(100), `${'a'.repeat(99)}!`)).toBe(false);
});
