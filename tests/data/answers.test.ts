import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import { wholeTicket } from '../../worker/tickets/records.ts';
import { stoa } from '../support/stoa.ts';
import { formed, keepField, placeField } from '../forms/support.ts';

const at = '2026-01-02T09:00:00Z';
const people = [
  { type: 'account', id: 'a1', name: 'Kelp' },
  { type: 'user', id: 'u1', email: 'kim@kelp.test', name: 'Kim', account: 'a1', createdAt: at },
];
const ticket = (id: string, more: object) => ({ type: 'ticket', id, requester: 'u1', subject: `Ticket ${id}`, createdAt: at, ...more });

async function world() {
  const it = await stoa();
  const { form } = await formed(it.as('ada'));
  for (const [key, kind] of [['call', 'person'], ['firm', 'account'], ['seats', 'number'], ['urgent', 'checkbox'], ['where', 'multi']] as const) {
    const { id } = await it.as('ada').run(keepField, { key, kind, labelEn: key, ...(kind === 'multi' ? { choices: 'web\nphone' } : {}) });
    await it.as('ada').run(placeField, { form, field: id, position: 9, isVisible: true, isEditable: true });
  }
  const folder = mkdtempSync(join(tmpdir(), 'stoa-answers-'));
  return {
    ...it,
    async bring(lines: object[]) {
      const file = join(folder, 'in.jsonl');
      writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
      const problems: string[] = [];
      const report = await importFile(file, { url: it.url, problem: (line, reason) => problems.push(`${line}: ${reason}`) });
      return { problems, imported: report.imported };
    },
    async take() {
      const file = join(folder, 'out.jsonl');
      await exportFile(file, { url: it.url });
      return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

const answers = { call: 'u1', firm: 'a1', order: 'ORD-0001', product: 'cloud', region: 'Europe', seats: 12.5, urgent: true, where: ['web', 'phone'] };

test('what a ticket answered goes in, names people and accounts of the file, and comes out as it went in', async () => {
  const { as, bring, take } = await world();
  expect((await bring([ticket('t1', { form: 'Something broke', fields: answers }), ...people])).problems).toEqual([]);
  const lines = await take();
  const kept = lines.find(({ id }) => id === 't1')!;
  expect([kept['form'], JSON.stringify(kept['fields'])]).toEqual(['Something broke', JSON.stringify(answers)]);
  const [found] = await as('agnes').load(wholeTicket(1));
  expect(found?.fields).toMatchObject({ call: { name: 'Kim' }, firm: { name: 'Kelp' }, seats: 12.5, urgent: true, where: ['web', 'phone'] });
});

test('into another workspace with the same forms, and out again: the same lines', async () => {
  const [first, second] = [await world(), await world()];
  await first.bring([...people, ticket('t1', { form: 'Something broke', fields: answers }), ticket('t2', { fields: { product: 'local' } }), ticket('t3', {})]);
  const lines = (await first.take()).filter(({ id }) => ['a1', 'u1', 't1', 't2', 't3'].includes(id as string));
  expect((await second.bring(lines)).problems).toEqual([]);
  expect((await second.take()).filter(({ id }) => ['a1', 'u1', 't1', 't2', 't3'].includes(id as string))).toEqual(lines);
  expect((await second.bring(lines)).imported).toEqual({});
});

test('a form or question that is not there, and an answer that does not fit, is named and left out; the ticket goes in with the rest', async () => {
  const { bring, take } = await world();
  const { problems, imported } = await bring([...people, ticket('t1', { form: 'Another form', fields: { product: 'moon', colour: 'red', call: 'u9', seats: 3, firm: 'acc_olive' } })]);
  expect(problems).toEqual(['3: form: there is no form "Another form"', '3: fields.product: "moon" is no answer to it', '3: fields.colour: there is no question with this key', '3: fields: there is no user "u9"']);
  expect(imported['ticket']).toBe(1);
  expect((await take()).find(({ id }) => id === 't1')).toMatchObject({ fields: { seats: 3, firm: 'acc_olive' } });
});
