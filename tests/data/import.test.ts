import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import type { WrittenLine } from '../../worker/data/line.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { generate } from '../bench/generate.ts';
import { startFrom } from '../support/templates.ts';

const here = mkdtempSync(join(tmpdir(), 'stoa-data-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));

const at = '2026-01-01T10:00:00Z';
const person: WrittenLine = { type: 'user', id: 'u1', email: 'new@example.org', name: 'New', createdAt: at };
const category: WrittenLine = { type: 'category', id: 'c1', slug: 'one', name: 'One' };
const topic: WrittenLine = { type: 'topic', id: 't1', category: 'c1', author: 'u1', title: 'A question', body: 'Text', tags: ['sync'], createdAt: at };

async function workspace() {
  const folder = mkdtempSync(join(here, 'db-'));
  startFrom('empty', folder);
  const server = await startSqld({ folder });
  onTestFinished(() => server.stop());
  const client = createClient({ url: server.url });
  const rows = async (sql: string) => (await client.execute(sql)).rows.map((row) => Array.from(row));
  return { url: server.url, rows, count: async (table: string) => Number((await rows(`select count(*) from ${table}`))[0]![0]) };
}

type Workspace = Awaited<ReturnType<typeof workspace>>;

function fileOf(lines: (WrittenLine | string)[]): string {
  const file = join(mkdtempSync(join(here, 'file-')), 'lines.jsonl');
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
}

async function imported(file: string, { url }: Workspace, dryRun = false) {
  const problems: string[] = [];
  const report = await importFile(file, { url, dryRun, problem: (line, reason) => problems.push(`${line}: ${reason}`) });
  return { ...report, problems };
}

async function exported({ url }: Workspace): Promise<string> {
  const file = join(mkdtempSync(join(here, 'out-')), 'out.jsonl');
  await exportFile(file, { url });
  return readFileSync(file, 'utf8');
}

/** What stands beside the lines themselves: numbers, counts, ages, what search and the workspace of the CSMs know. */
const surroundings = ({ rows }: Workspace) =>
  Promise.all([
    rows(`select t.number, t.import_id, t.posts_count, t.last_post_at, p.number, p.import_id, (select url from search_documents where type = 'post' and ref_id = p.id) from topics t join posts p on p.topic_id = t.id order by 1, 5`),
    rows('select t.number, t.import_id, t.messages_count, t.waiting_since, t.last_message_at, m.number, m.import_id from tickets t join ticket_messages m on m.ticket_id = t.id order by 1, 6'),
    rows('select source, number, place, title, text from feedback order by 1, 2, 3, 5'),
    rows('select type, url, search_documents.title from search_documents join search_index on search_index.rowid = search_documents.id order by 1, 2'),
    rows('select import_id, last_word_at from accounts order by 1'),
  ]);

test('an import that is killed is completed by the next, as if nothing had been', { timeout: 300_000 }, async () => {
  const file = join(here, 'many.jsonl');
  await generate(file, { people: 200, categories: 5, topics: 700, posts: 8_700, longest: 300, tickets: 200 });
  const [whole, cut] = [await workspace(), await workspace()];
  expect((await imported(file, whole)).problems).toEqual([]);

  for (const [table, least] of [['users', 1], ['posts', 701], ['ticket_messages', 1]] as const) {
    const child = spawn(process.execPath, ['worker/local/stoa.ts', 'import', file], { env: { ...process.env, DATABASE_URL: cut.url }, stdio: 'ignore' });
    while ((await cut.count(table)) < least && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  expect((await imported(file, cut)).problems).toEqual([]);

  expect(await exported(cut)).toBe(await exported(whole));
  expect(await surroundings(cut)).toEqual(await surroundings(whole));
  expect((await surroundings(cut)).every((rows) => rows.length > 0)).toBe(true);
  const again = await imported(file, cut);
  expect([again.imported, again.problems.length, await cut.count('posts'), await cut.count('outbox')]).toEqual([{}, 0, 8_700, 0]);
});

test('every kind of bad line is named, on a dry run too, and the rest goes in', async () => {
  const stoa = await workspace();
  const post = (id: string, day: number, more = {}) => ({ type: 'post' as const, id, topic: 't1', author: 'u1', body: `Post ${id}`, createdAt: `2026-01-0${day}T10:00:00Z`, ...more });
  const file = fileOf([
    post('late', 4, { accepted: true }),
    '{"type":"topic","id":"cut',
    topic,
    { ...topic, id: 't2', category: 'nowhere' },
    post('orphan', 2, { topic: 't2' }),
    person,
    { ...person, email: 'twice@example.org' },
    { ...person, id: 'u2', email: 'NEW@example.org' },
    { ...person, id: 'u3', email: 'not an address' },
    { ...category, parent: 'c2' },
    { ...category, id: 'c2', slug: 'two', parent: 'c1' },
    { ...category, id: 'c3', slug: 'three', parent: 'c9' },
    { ...topic, id: 't3', body: 'a\u0000b' },
    post('early', 2, { createdAt: '2026-01-02T10:00:00+02:00' }),
    'null',
    '[]',
    JSON.stringify({ type: 'spaceship', id: 's' }),
    '<html>',
    '',
    { type: 'account', id: 'a1', name: 'Acme', csm: 'NEW@example.org' },
    { type: 'account', id: 'a2', name: 'Olive', csm: 'nobody' },
    { type: 'vote', on: 'late', author: 'u1' },
    { type: 'vote', on: 'late', author: 'u1' },
    { type: 'vote', on: 'nothing', author: 'u1' },
    post('half', 3, { body: 'Half \ud83d of a pair' }),
  ]);
  const raw = readFileSync(file);
  writeFileSync(file, Buffer.concat([raw, Buffer.from('\n{"type":"category","id":"c4","slug":"four","name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]));

  const dry = await imported(file, stoa, true);
  expect([await stoa.count('users'), await stoa.count('topics'), await stoa.count('categories')]).toEqual([0, 0, 0]);
  const real = await imported(file, stoa);

  expect(real).toEqual(dry);
  expect(real.imported).toEqual({ account: 2, category: 3, user: 1, topic: 1, post: 3, vote: 1 });
  expect(real.problems.map((problem) => Number(problem.split(':')[0])).sort((a, b) => a - b)).toEqual([2, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 18, 21, 23, 24, 26]);
  for (const sentence of ['2: is not JSON: it may be cut off', '4: category: there is no category "nowhere"', '5: topic: there is no topic "t2"', '7: repeats line 6', '8: email: line 6 has it already', '11: parent: "c1" would make a circle', '13: body: holds U+0000', '26: is not UTF-8']) {
    expect(real.problems).toContain(sentence);
  }
  expect(await stoa.rows('select number, import_id, body from posts order by number')).toEqual([[1, null, 'Text'], [2, 'early', 'Post early'], [3, 'half', 'Half \ufffd of a pair'], [4, 'late', 'Post late']]);
  expect(await stoa.rows('select posts_count, (select import_id from posts where id = accepted_post_id) from topics')).toEqual([[4, 'late']]);
  expect(await stoa.rows('select a.import_id, u.import_id from accounts a left join users u on u.id = csm_id order by 1')).toEqual([['a1', 'u1'], ['a2', null]]);
  expect((await imported(file, stoa)).imported).toEqual({});
});

test('an answer beyond its scale and words that say nothing are bad lines; an unknown survey and a file that came alone are not', async () => {
  const stoa = await workspace();
  const survey = (kind: string, score: number, more = {}) => ({ type: 'survey' as const, id: `${kind} ${score} ${JSON.stringify(more)}`, kind, user: 'u1', score, createdAt: at, ...more });
  const message = (id: string, body: string, more = {}) => ({ type: 'message' as const, id, ticket: 'k1', author: 'u1', body, createdAt: at, ...more });
  const good = [survey('nps', 0), survey('NPS', 10), survey('csat', 5), survey('csat', 2, { scale: 2 }), survey('ces', 7), survey('mood', 99), message('m1', 'Words'), message('m2', '', { files: [{ name: 'a.txt', file: '0'.repeat(64) }] })];
  const bad = [
    survey('nps', 99), survey('nps', -1), survey('NPS', 9.5), survey('csat', 0), survey('csat', 6), survey('csat', 3, { scale: 2 }), survey('ces', 8), message('m3', ''), message('m4', ' \n'),
    { ...topic, id: 't2', body: '' }, { type: 'post' as const, id: 'p1', topic: 't1', author: 'u1', body: '', createdAt: at }, { type: 'idea' as const, id: 'i1', author: 'u1', title: 'Idea', body: '\t', createdAt: at }, { type: 'article' as const, id: 'r1', category: 'one', slug: 'one', title: 'One', body: '', updatedAt: at },
  ];
  const file = fileOf([person, category, topic, { type: 'ticket', id: 'k1', requester: 'u1', subject: 'Help', createdAt: at }, ...good, ...bad]);
  const { problems, imported: went } = await imported(file, stoa, true);
  expect(went).toEqual({ user: 1, category: 1, topic: 1, ticket: 1, survey: 6, message: 2 });
  const lines = problems.filter((one) => !one.includes('files'));
  expect(lines.map((one) => Number(one.split(':')[0]))).toEqual(bad.map((_, i) => 13 + i));
  expect(lines).toEqual(expect.arrayContaining(['13: score: is no whole number from 0 to 10, as nps has them', '16: score: is no whole number from 1 to 5, as csat has them', '18: score: is no whole number from 1 to 2, as csat has them', '19: score: is no whole number from 1 to 7, as ces has them', '20: body: is empty', '25: body: is empty']));
});

test('who and what the workspace knows already is not made twice', async () => {
  const stoa = await workspace();
  const article: WrittenLine = { type: 'article', id: 'x1', category: 'start', slug: 'hello', title: 'Hello', body: 'Text', updatedAt: at };
  await imported(fileOf([person, category, topic, article]), stoa);
  const more = await imported(fileOf([{ ...person, id: 'other' }, { ...category, id: 'other' }, { ...article, id: 'x2' }, { ...topic, id: 't2', category: 'other', author: 'other' }, { type: 'post', id: 'p1', topic: 't1', author: 'other', body: 'Later', createdAt: at }]), stoa);
  expect(more.problems).toEqual(['3: slug: another article has this address already']);
  expect([more.imported, more.unchanged]).toEqual([{ topic: 1, post: 1 }, 2]);
  expect([await stoa.count('users'), await stoa.count('categories')]).toEqual([1, 1]);
  const own = join(mkdtempSync(join(here, 'own-')), 'own.jsonl');
  await exportFile(own, { url: stoa.url });
  expect((await imported(own, stoa)).imported).toEqual({});
});

test('a line of 100 MB is named and never held in memory', { timeout: 120_000 }, async () => {
  const stoa = await workspace();
  const file = join(here, 'huge.jsonl');
  const out = createWriteStream(file);
  out.write(`${JSON.stringify(person)}\n{"type":"topic","body":"`);
  for (let i = 0; i < 100; i++) if (!out.write('x'.repeat(1_000_000))) await once(out, 'drain');
  out.end(`"}\n${JSON.stringify(category)}\n`);
  await once(out, 'finish');
  const program = `
    const { importFile } = await import(${JSON.stringify(new URL('../../worker/data/import.ts', import.meta.url).href)});
    const before = process.resourceUsage().maxRSS;
    const problems = [];
    const report = await importFile(${JSON.stringify(file)}, { url: ${JSON.stringify(stoa.url)}, problem: (line, reason) => problems.push(line + ': ' + reason) });
    console.log(JSON.stringify({ problems, imported: report.imported, grown: (process.resourceUsage().maxRSS - before) / 1024 }));`;
  const told = JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=4', '--input-type=module', '-e', program], { encoding: 'utf8' })) as { problems: string[]; imported: object; grown: number };
  expect(told.problems).toEqual(['2: is longer than 4 MB']);
  expect(told.imported).toEqual({ category: 1, user: 1 });
  // Reading takes some seventy; the line, if it were held, a hundred more.
  expect(told.grown).toBeLessThan(120);
});

test('imported tickets are found beside others at once, by their subjects and how they begin', async () => {
  const it = await workspace();
  const ticket: WrittenLine = { type: 'ticket', id: 'k1', requester: 'u1', subject: 'Calendar is late', createdAt: at };
  await imported(fileOf([person, ticket, { type: 'message', id: 'm1', ticket: 'k1', author: 'u1', body: 'Printers too.', createdAt: at }]), it);
  expect(JSON.parse(String((await it.rows('select words from ticket_words'))[0]![0]))).toEqual(expect.arrayContaining(['calendar', 'printer']));
  expect(await it.count('tickets_to_find')).toBe(0);
});

test('forms, questions and statuses come along, and tickets with what they answered; once more changes nothing, and going out gives the same bytes', async () => {
  const settings: WrittenLine[] = [
    { type: 'status', id: 's1', category: 'on_hold', agentEn: 'With the vendor', customerEn: 'We wait for a part', position: 3 },
    { type: 'field', id: 'f1', key: 'product', kind: 'choice', labelEn: 'Product', labelEl: 'Προϊόν', choices: [{ value: 'cloud', en: 'Cloud', el: '' }] },
    { type: 'field', id: 'f2', key: 'seats', kind: 'number', labelEn: 'Seats', hintEn: 'How many?' },
    { type: 'form', id: 'm1', nameEn: 'Something broke', default: true, questions: [{ field: 'product', position: 1, toSubmit: true }, { field: 'seats', position: 2, editable: false, when: { field: 'product', value: 'cloud' } }] },
  ];
  const tickets: WrittenLine[] = [person, { type: 'ticket', id: 'k1', requester: 'u1', subject: 'Broken', status: 'on_hold', ownStatus: 's1', createdAt: at, form: 'm1', fields: { product: 'cloud', seats: 12 } }];
  const [first, second] = [await workspace(), await workspace()];
  const file = fileOf([...tickets, ...settings.toReversed()]);
  expect((await imported(file, first, true)).problems).toEqual([]);
  expect(await imported(file, first)).toMatchObject({ problems: [], imported: { status: 1, field: 2, form: 1, user: 1, ticket: 1 } });
  expect(await first.rows("select q.key, ff.position, ff.to_submit, ff.is_editable, w.key, ff.when_value from form_fields ff join ticket_fields q on q.id = ff.field_id left join ticket_fields w on w.id = ff.when_field order by ff.position")).toEqual([['product', 1, 1, 1, null, null], ['seats', 2, 0, 0, 'product', 'cloud']]);
  expect(await first.rows('select f.name_en, f.is_default, s.agent_en, (select group_concat(value) from ticket_values v where v.ticket_id = t.id) from tickets t join ticket_forms f on f.id = t.form_id join ticket_statuses s on s.id = t.status_id')).toEqual([['Something broke', 1, 'With the vendor', 'cloud,12']]);
  expect(await imported(file, first)).toMatchObject({ problems: [], imported: {}, unchanged: 6 });
  const [out, again] = [join(here, 'forms-1.jsonl'), join(here, 'forms-2.jsonl')];
  await exportFile(out, first);
  expect((await imported(out, second)).problems).toEqual([]);
  await exportFile(again, second);
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'));
  expect(readFileSync(out, 'utf8')).toContain('"when":{"field":"product","value":"cloud"}');
});

test('what the workspace has of the same name stays as it is, and answers are held against that; a question that is nowhere is named', async () => {
  const here = await workspace();
  const first: WrittenLine[] = [{ type: 'field', id: 'a', key: 'colour', kind: 'choice', labelEn: 'Colour', choices: [{ value: 'red', en: 'Red' }] }, { type: 'form', id: 'b', nameEn: 'Paint', default: true, questions: [{ field: 'colour' }] }];
  await imported(fileOf(first), here);
  const second: WrittenLine[] = [
    { type: 'field', id: 'x', key: 'colour', kind: 'text', labelEn: 'Which colour' }, { type: 'form', id: 'y', nameEn: 'Paint', questions: [] }, { type: 'form', id: 'z', nameEn: 'Varnish', default: true, questions: [{ field: 'gloss' }, { field: 'colour' }] },
    person, { type: 'ticket', id: 'k1', requester: 'u1', subject: 'Blue', createdAt: at, form: 'y', fields: { colour: 'blue' } },
  ];
  expect((await imported(fileOf(second), here)).problems).toEqual(['3: questions: there is no question "gloss"', '5: fields.colour: "blue" is no answer to it']);
  expect(await here.rows('select f.name_en, f.is_default, (select count(*) from form_fields ff where ff.form_id = f.id) from ticket_forms f order by f.name_en')).toEqual([['Paint', 1, 1], ['Varnish', 0, 1]]);
  expect(await here.rows('select kind, label_en from ticket_fields')).toEqual([['choice', 'Colour']]);
});
