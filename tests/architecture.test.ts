import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import greek from '../src/messages/el/refusals.ts';

const code = ['src', 'worker'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.(ts|astro)$/.test(f) && !f.endsWith('.d.ts'))
    .map((f) => join(root, f)),
);
const text = (file: string) => readFileSync(file, 'utf8');
const imports = code.flatMap((from) =>
  [...text(from).matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, spec]) => ({ from, to: spec!.startsWith('.') ? normalize(join(dirname(from), spec!)) : spec! })),
);
const outside = new Set(['platform', 'database', 'local', 'data']);
const feature = (path: string) => {
  const name = /^worker\/([^/]+)\//.exec(path)?.[1];
  return name && !outside.has(name) ? name : undefined;
};
const broken = (rule: (edge: { from: string; to: string }) => boolean) => imports.filter(rule).map((e) => `${e.from} → ${e.to}`);

test('pages know operations and queries, never tables, statements or the database', () => {
  expect(broken((e) => e.from.startsWith('src/') && /drizzle-orm|\/schema\.ts$|^worker\/database|\/api\.ts$/.test(e.to))).toEqual([]);
});

test('the platform knows no feature', () => {
  expect(broken((e) => e.from.startsWith('worker/platform/') && feature(e.to) !== undefined)).toEqual([]);
});

test('a query reads what access.ts lets through, never a table', () => {
  expect(broken((e) => e.from.endsWith('/queries.ts') && e.to.endsWith('/schema.ts'))).toEqual([]);
});

test('a feature reads its neighbour through schema and access, knows its links, lets people in by their sessions, says why, opens tickets, takes out and takes back by what the neighbour keeps for it, and reacts through events', () => {
  const shared = /\/(schema|access|link)\.ts$|^worker\/(people\/(sessions|devices|password|input|shut)|signin\/secrets|moderation\/stating|posts\/words|tickets\/opening|sanctions\/(lifting|imposing|deleting))\.ts$/;
  const api = /\/api\.ts$/;
  expect(
    broken((e) => {
      const [mine, theirs] = [feature(e.from), feature(e.to)];
      return mine !== undefined && theirs !== undefined && mine !== theirs && !shared.test(e.to) && !api.test(e.from);
    }),
  ).toEqual([]);
});

test('the worker never imports a page', () => {
  expect(broken((e) => e.from.startsWith('worker/') && e.to.startsWith('src/'))).toEqual([]);
});

test('only the portal, sessions, jobs and reactions send anything to the database', () => {
  const named = /\/(jobs|reactions|sync)\.ts$/;
  const sends = /await db\b|\bdb\.(all|get|run|values|query|batch|transaction)\b|\$client|openDatabase\(/;
  expect(code.filter((f) => feature(f) && !named.test(f) && sends.test(text(f)))).toEqual([]);
});

test('files stay small enough to read in one sitting', () => {
  expect(code.filter((f) => text(f).split('\n').length > 250)).toEqual([]);
});

test('every sentence that the worker can refuse with is there in Greek', () => {
  const sentences = code
    .filter((f) => f.startsWith('worker/') && !/^worker\/(local|data|database)\/|\/(api|openapi|docs|routes|emails)\.ts$/.test(f))
    .flatMap((f) => [...text(f).matchAll(/(?:'|")((?:[A-Z][^'"\n]*?[.]))(?:'|")/g)].filter(([, s]) => / /.test(s!) && !/^(The database|Something broke|This form was sent|This is larger|Some of this)/.test(s!)).map(([, s]) => s!.replaceAll('\\', '')));
  expect([...new Set(sentences)].filter((s) => !(s in greek))).toEqual([]);
});

test('every job of the clock has its hour', () => {
  const jobs = code.filter((f) => /^worker\/[^/]+\/jobs\.ts$/.test(f)).flatMap((f) => [...text(f).matchAll(/^export const (\w+)(?:: Job)? = (?:job\(|\{ name)/gm)].map(([, name]) => name!));
  const hours = /timetable[^=]*= (\{[\s\S]*?\n\});?/.exec(text('worker/jobs.ts'))![1]!;
  expect(jobs.length).toBeGreaterThan(25);
  expect(jobs.filter((name) => !new RegExp(`\\b${name}\\b`).test(hours))).toEqual([]);
});
