import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import { placeOf } from '../../worker/platform/store.ts';
import { stoa } from '../support/stoa.ts';

const at = '2026-01-02T09:00:00Z';
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const notes = Buffer.from('Line by line.\n');
/** A picture of one pixel. */
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==', 'base64');
const program = Buffer.from('MZ this would run');

const lines = (more: { topic?: object[]; post?: object[]; message?: object[] }) => [
  { type: 'user', id: 'u1', email: 'kim@kelp.test', name: 'Kim', createdAt: at },
  { type: 'category', id: 'c1', slug: 'kelp', name: 'Kelp' },
  { type: 'topic', id: 't1', category: 'c1', author: 'u1', title: 'Kelp', body: 'Green.', createdAt: at, files: more.topic },
  { type: 'post', id: 'p1', topic: 't1', author: 'u1', body: 'Brown.', createdAt: at, files: more.post },
  { type: 'ticket', id: 'k1', requester: 'u1', subject: 'Kelp', createdAt: at },
  { type: 'message', id: 'm1', ticket: 'k1', author: 'u1', body: 'Red.', createdAt: at, files: more.message },
];

async function world() {
  const it = await stoa();
  const folder = mkdtempSync(join(tmpdir(), 'stoa-files-'));
  const store = join(folder, 'store');
  const problems: string[] = [];
  return {
    ...it, folder, store, problems,
    bring: (file: string) => importFile(file, { url: it.url, files: store, problem: (line, reason) => problems.push(`${line}: ${reason}`) }),
    async take(file: string) {
      const missing: string[] = [];
      await exportFile(file, { url: it.url, files: store, missing: (names) => void missing.push(...names) });
      return { missing, mine: readFileSync(file, 'utf8').trim().split('\n').filter((line) => /"id":"(t1|p1|m1)"/.test(line)) };
    },
  };
}

function written(folder: string, values: object[], contents: Uint8Array[]): string {
  const file = join(folder, 'in.jsonl');
  writeFileSync(file, values.map((value) => JSON.stringify(value)).join('\n'));
  mkdirSync(`${file}.files`, { recursive: true });
  for (const bytes of contents) writeFileSync(join(`${file}.files`, hashOf(bytes)), bytes);
  return file;
}

const told = (name: string, bytes: Uint8Array) => ({ name, file: hashOf(bytes) });
const all = { topic: [told('dot.png', dot)], post: [told('notes.txt', notes), told('dot.png', dot)], message: [told('notes.txt', notes)] };

test('files come with their posts and messages, are whose words they are, and go out and in again the same', async () => {
  const [first, second] = [await world(), await world()];
  await first.bring(written(first.folder, lines(all), [notes, dot]));
  expect(first.problems).toEqual([]);
  const { rows } = await first.db.$client.execute("select a.id, a.name, a.type, a.width, u.email, coalesce(p.import_id, 'first of ' || t.import_id, m.import_id) as place from attachments a join users u on u.id = a.owner_id left join posts p on p.id = a.post_id left join topics t on t.id = p.topic_id left join ticket_messages m on m.id = a.message_id order by a.rowid");
  expect(rows.map(({ name, type, width, email, place }) => [name, type, width, email, place])).toEqual([
    ['dot.png', 'image/png', 1, 'kim@kelp.test', 'first of t1'], ['notes.txt', 'text/plain', null, 'kim@kelp.test', 'm1'], ['notes.txt', 'text/plain', null, 'kim@kelp.test', 'p1'], ['dot.png', 'image/png', 1, 'kim@kelp.test', 'p1'],
  ]);
  expect(readFileSync(join(first.store, placeOf(String(rows[1]!['id']))))).toEqual(notes);
  const [one, two] = [join(first.folder, 'one.jsonl'), join(second.folder, 'two.jsonl')];
  const out = await first.take(one);
  expect([out.missing, out.mine.filter((line) => line.includes('"files"')).length]).toEqual([[], 3]);
  await second.bring(one);
  expect(await second.take(two)).toEqual(out);
  expect(readdirSync(`${two}.files`).sort()).toEqual(readdirSync(`${one}.files`).sort());
  expect((await second.bring(one)).imported).toEqual({});
  expect(second.problems).toEqual([]);
});

test('a file that is missing, is not what it says, or is a program is named and left out; its message goes in', async () => {
  const { folder, problems, bring, db } = await world();
  const file = written(folder, lines({ ...all, message: [told('gone.txt', Buffer.from('gone')), told('evil.exe', program), told('notes.txt', notes)], post: [] }), [program, dot]);
  writeFileSync(join(`${file}.files`, hashOf(notes)), 'something else');
  expect((await bring(file)).imported['message']).toBe(1);
  expect(problems).toEqual([
    `6: files: "gone.txt": there is no file ${join(`${file}.files`, hashOf(Buffer.from('gone')))}`,
    '6: files: "evil.exe": Programs cannot be attached.',
    '6: files: "notes.txt": its bytes are not those of its SHA-256',
  ]);
  expect((await db.$client.execute('select name from attachments')).rows.map(({ name }) => name)).toEqual(['dot.png']);
});

test('where the bytes are elsewhere, the lines still name them', async () => {
  const { folder, bring, url } = await world();
  await bring(written(folder, lines(all), [notes, dot]));
  const missing: string[] = [];
  const file = join(folder, 'out.jsonl');
  await exportFile(file, { url, missing: (names) => void missing.push(...names) });
  expect(missing).toHaveLength(4);
  expect(readFileSync(file, 'utf8')).toContain(hashOf(notes));
});
