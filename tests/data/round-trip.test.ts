import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import { demoLines } from '../../worker/database/demo/index.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startFrom } from '../support/templates.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'stoa-data-'));

test('export, import into an empty workspace, export again: the same bytes', async () => {
  const here = folder();
  const exports: string[] = [];
  let file = join(here, 'first.jsonl');
  const articles = (['en', 'el'] as const).map((locale) => ({ type: 'article', id: `guide-${locale}`, category: 'guides', slug: 'hello', locale, title: 'Hello', body: 'Καλημέρα **κόσμε**', updatedAt: '2026-01-01T00:00:00Z' }));
  writeFileSync(file, [...articles, ...demoLines(new Date('2026-01-05T09:00:00Z'))].map((line) => JSON.stringify(line)).join('\n'));
  for (const round of [1, 2]) {
    const data = folder();
    startFrom('empty', data);
    const server = await startSqld({ folder: data });
    const problems: string[] = [];
    await importFile(file, { url: server.url, problem: (line, reason) => problems.push(`${line}: ${reason}`) });
    expect(problems).toEqual([]);
    const again = await importFile(file, { url: server.url, problem: () => {} });
    expect(again.imported).toEqual({});
    file = join(here, `export-${round}.jsonl`);
    await exportFile(file, { url: server.url });
    exports.push(readFileSync(file, 'utf8'));
    await server.stop();
  }
  expect(exports[1]).toBe(exports[0]);
  const types = new Set(exports[0]!.trim().split('\n').map((line) => (JSON.parse(line) as { type: string }).type));
  expect([...types].sort()).toEqual(['account', 'article', 'category', 'idea', 'message', 'post', 'survey', 'ticket', 'topic', 'user', 'vote']);
});
