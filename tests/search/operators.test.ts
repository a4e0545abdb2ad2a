import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { voteOnTopic } from '../../worker/forum/vote.ts';
import { operatorsIn } from '../../worker/search/operators.ts';
import { searched, type SearchType } from '../../worker/search/queries.ts';
import { indexed } from '../../worker/search/schema.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const HOUR = 3_600_000;

/** Topics of Help and Billing, an hour apart: 1 Printer (mara, tag sms), 2 Printer paper (bob, solved by agnes), 3 Invoices (mara, Billing, tags sms and vat). */
async function world() {
  const here = await stoa();
  await here.db.$client.execute("insert into categories (id, slug, name) values ('cat_billing', 'billing', 'Billing')");
  const open = (who: 'mara' | 'bob', input: Record<string, string>) => here.as(who).run(openTopic, { category: 'help', kind: 'question', tags: '', ...input });
  await open('mara', { title: 'Printer', body: 'No ink in it.', tags: 'sms' });
  await open('bob', { title: 'Paper for the machine', body: 'The printer wants more.' });
  await open('mara', { title: 'Invoices', body: 'Send them to the printer.', tags: 'sms, vat', category: 'billing' });
  const { id } = await here.as('agnes').run(replyToTopic, { number: 2, body: 'Load the tray of the printer.' });
  await here.as('bob').run(acceptAnswer, { number: 2, post: id });
  for (const [i, number] of [1, 2, 3].entries()) await here.db.$client.execute({ sql: 'update topics set created_at = created_at + ? where number = ?', args: [i * HOUR, number] });
  return here;
}

async function titles({ as }: Pick<Stoa, 'as'>, q: string, type?: SearchType, who: Parameters<Stoa['as']>[0] = 'visitor') {
  const [hits] = await as(who).load(searched(q, { type, locale: 'en', limit: 10 }));
  return hits.map(({ title }) => title);
}

const [PRINTER, PAPER, INVOICES] = ['Printer', 'Paper for the machine', 'Invoices'];

test('operators narrow what words find, in English and in Greek', async () => {
  const here = await world();
  const found: [string, string[]][] = [
    ['printer', [PRINTER, PAPER, INVOICES]],
    ['printer in:title', [PRINTER]], ['σε:τίτλο printer', [PRINTER]],
    ['printer @mara', [PRINTER, INVOICES]], ['by:bob printer', [PAPER]], ['από:@agnes printer', [PAPER]],
    ['printer #billing', [INVOICES]], ['category:billing printer', [INVOICES]], ['κατηγορία:billing printer', [INVOICES]],
    ['tag:sms printer', [PRINTER, INVOICES]], ['tags:sms,vat printer', [INVOICES]], ['ετικέτες:SMS tag:vat printer', [INVOICES]],
    ['printer status:solved', [PAPER]], ['printer status:open', [PRINTER, INVOICES]], ['printer κατάσταση:αναπάντητα', [PRINTER, INVOICES]], ['printer status:noreplies', [PRINTER, INVOICES]],
    ['printer before:2026-01-05', []], ['printer before:2026-01-06', [PRINTER, PAPER, INVOICES]], ['printer after:2026-01', [PRINTER, PAPER, INVOICES]], ['printer πριν:2027 μετά:2026-01-06', []],
    ['printer @mara -ink', [INVOICES]], ['"wants more" @bob', [PAPER]], ['"wants more" @mara', []], ['printer @nobody', []], ['@mara print', [PRINTER, INVOICES]],
  ];
  for (const [q, expected] of found) expect([q, (await titles(here, q)).sort()]).toEqual([q, expected.sort()]);
});

test('operators alone list what is newest', async () => {
  const here = await world();
  const { db, now } = here;
  for (const writing of indexed(db, { type: 'article', refId: 'art_1', locale: 'en', title: 'Bills', url: '/kb/billing/bills', tags: [], text: 'How to pay.', updatedAt: new Date(now.getTime() - HOUR) })) {
    const { sql, params } = writing.toSQL();
    await db.$client.execute({ sql, args: params as string[] });
  }
  await db.$client.execute({ sql: "insert into articles (id, category, slug, locale, title, body, updated_at) values ('art_1', 'billing', 'bills', 'en', 'Bills', 'How to pay.', ?)", args: [now.getTime() - HOUR] });
  await here.as('agnes').run(voteOnTopic, { number: 2, isFor: true });
  const found: [string, string[], SearchType?][] = [
    ['order:latest', [INVOICES, PAPER, PRINTER, 'Bills']], ['order:likes', [PAPER, 'Bills', INVOICES, PRINTER]], ['σειρά:νεότερα printer', [INVOICES, PAPER, PRINTER]], ['order:likes printer', [PAPER, INVOICES, PRINTER]],
    ['@mara', [INVOICES, PRINTER]], ['@agnes', [PAPER]], ['tag:sms', [INVOICES, PRINTER]], ['#billing', [INVOICES, 'Bills']], ['#help', [PAPER, PRINTER]], ['status:solved', [PAPER]], ['min_likes:1', [PAPER]], ['ψήφοι:1 printer', [PAPER]], ['min_likes:2', []], ['#help min_likes:1', [PAPER]],
    ['@mara tag:vat', [INVOICES]], ['before:2026-01-05', []], ['after:2026-01-05 -ink', [INVOICES, PAPER, 'Bills']],
    ['#billing', ['Bills'], 'article'], ['#billing', [INVOICES], 'topic'], ['@mara', [], 'article'], ['order:latest', ['Bills'], 'article'],
  ];
  for (const [q, expected, type] of found) expect([q, type, await titles(here, q, type)]).toEqual([q, type, expected]);
});

test('a synonym finds what has the main tag', async () => {
  const here = await world();
  await here.db.$client.execute({ sql: "insert into tag_synonyms (synonym, tag, created_at) values ('text-message', 'sms', ?)", args: [here.now.getTime()] });
  expect(await titles(here, 'tag:text-message')).toEqual([INVOICES, PRINTER]);
});

test('no operator shows what is not for the viewer', async () => {
  const here = await world();
  await here.db.$client.execute(`update categories set see = '["account:acc_acme"]' where id = 'cat_billing'`);
  for (const q of ['#billing', 'tag:vat', '@mara', 'printer @mara', 'in:title invoices', 'order:latest', 'order:likes printer', 'status:open', 'after:2026']) {
    expect([q, await titles(here, q)]).toEqual([q, expect.not.arrayContaining([INVOICES])]);
    expect([q, await titles(here, q, undefined, 'alice')]).toEqual([q, expect.arrayContaining([INVOICES])]);
  }
});

test('what is no operator is a word', async () => {
  for (const q of ['colour:red', 'status:red', 'in:body', 'order:', 'before:2026-02-30', 'before:now', 'by:', '@', '#', '#12', 'a@mara', 'constructor:x', 'in:constructor', '"@mara #help"', '-@mara', 'tag:,', 'https://x.test']) expect([q, operatorsIn(q)]).toEqual([q, { operators: {}, words: q }]);
  const here = await world();
  expect(await titles(here, 'status:red printer')).toContain(PRINTER);
  expect(await titles(here, 'printer @bob '.repeat(13))).toContain(PRINTER);
});

test('any text may be asked with operators', async () => {
  const here = await world();
  const parts = ['"', '@mara', 'in:title', 'tag:"', "tag:'; --", 'tags:,,a', 'before:2026', 'order:likes', '#help', 'status:open', '-"', '*', 'printer', 'the', 'in:title:', '§', '\u0000', '(', 'σε:τίτλο', '😀'];
  for (let i = 0; i < 60; i++) {
    const q = Array.from({ length: 1 + (i % 5) }, (_, j) => parts[(i * 7 + j * 11) % parts.length]).join(i % 2 ? ' ' : '');
    expect(Array.isArray(await titles(here, q))).toBe(true);
  }
});
