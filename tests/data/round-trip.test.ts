import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import { migrate } from '../../worker/database/migrate.ts';
import { demoLines } from '../../worker/database/demo/index.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { topicByNumber } from '../../worker/forum/queries.ts';
import { stoa } from '../support/stoa.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'stoa-data-'));

test('export, import into an empty workspace, export again: the same bytes', async () => {
  const here = folder();
  const exports: string[] = [];
  let file = join(here, 'first.jsonl');
  writeFileSync(file, demoLines(new Date('2026-01-05T09:00:00Z')).map((line) => JSON.stringify(line)).join('\n'));
  for (const round of [1, 2]) {
    const server = await startSqld({ folder: folder() });
    await migrate(server.url);
    const problems: string[] = [];
    await importFile(file, { url: server.url, problem: (line, reason) => problems.push(`${line}: ${reason}`) });
    expect(problems).toEqual([]);
    const again = await importFile(file, { url: server.url, problem: () => {} });
    expect(again.imported).toEqual({ ...(again.imported.vote ? { vote: again.imported.vote } : {}) });
    file = join(here, `export-${round}.jsonl`);
    await exportFile(file, { url: server.url });
    exports.push(readFileSync(file, 'utf8'));
    await server.stop();
  }
  expect(exports[1]).toBe(exports[0]);
  expect(exports[0]!.split('\n').length).toBeGreaterThan(100);
});

test('bad lines are named with their number, and the rest goes in, in any order', async () => {
  const { url, as } = await stoa();
  const at = '2026-01-01T10:00:00Z';
  const lines = [
    JSON.stringify({ type: 'post', id: 'p1', topic: 't1', author: 'u1', body: 'An answer.', createdAt: '2026-01-02T10:00:00+02:00' }),
    '{"type":"topic","id":"cut',
    JSON.stringify({ type: 'topic', id: 't1', category: 'c1', author: 'u1', title: 'A question', body: 'Text', createdAt: at }),
    JSON.stringify({ type: 'topic', id: 't2', category: 'nowhere', author: 'u1', title: 'Lost', body: 'Text', createdAt: at }),
    JSON.stringify({ type: 'user', id: 'u1', email: 'new@example.org', name: 'New', createdAt: at }),
    JSON.stringify({ type: 'user', id: 'u1', email: 'twice@example.org', name: 'Twice', createdAt: at }),
    JSON.stringify({ type: 'user', id: 'u2', email: 'not an address', name: 'X', createdAt: at }),
    JSON.stringify({ type: 'category', id: 'c1', slug: 'one', name: 'One', parent: 'c2' }),
    JSON.stringify({ type: 'category', id: 'c2', slug: 'two', name: 'Two', parent: 'c1' }),
    JSON.stringify({ type: 'topic', id: 't3', category: 'c1', author: 'u1', title: 'Zero', body: 'a\u0000b', createdAt: at }),
    `{"type":"topic","body":"${'x'.repeat(5_000_000)}"}`,
    JSON.stringify({ type: 'spaceship', id: 's' }),
  ];
  const file = join(folder(), 'bad.jsonl');
  writeFileSync(file, lines.join('\n'));
  const problems = new Map<number, string>();
  const report = await importFile(file, { url, problem: (line, reason) => void problems.set(line, reason) });
  expect([...problems.keys()].sort((a, b) => a - b)).toEqual([2, 4, 6, 7, 9, 10, 11, 12]);
  expect(problems.get(11)).toMatch(/longer than/);
  expect(report.imported).toEqual({ category: 2, user: 1, topic: 1, post: 1 });
  const [topic] = await as('visitor').load(topicByNumber(1));
  expect([topic.title, topic.postsCount]).toEqual(['A question', 2]);
});
