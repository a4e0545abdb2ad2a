import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

function machine() {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-line-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const stoa = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['worker/local/stoa.ts', ...args], { env: { ...process.env, STOA_DATA: join(folder, 'data') }, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  return { folder, stoa };
}

/** What still runs and names this folder. */
const leftIn = (folder: string) => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(folder));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('who asks for help gets it, of all verbs or of one', () => {
  const { stoa } = machine();
  const all = stoa('--help');
  expect([all.status, all.stderr]).toEqual([0, '']);
  for (const verb of ['import <file.jsonl> [--dry-run]', 'restore <dir>', 'doctor']) expect(all.stdout).toContain(verb);
  expect(stoa('import', '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--dry-run only tells') });
  expect(stoa('help', 'token').stdout).toContain('token --email E');
});

test('what a verb does not know is refused before anything is opened', () => {
  const { folder, stoa } = machine();
  const file = join(folder, 'some.jsonl');
  writeFileSync(file, '');
  for (const [args, sentence] of [
    [['improt', file], 'There is no verb improt.'],
    [['import', file, '--dry-runn'], 'import has no option --dry-runn.'],
    [['import', file, 'another.jsonl'], 'another.jsonl is one too many.'],
    [['doctor', 'now'], 'now is one too many.'],
    [['import', folder], `There is no file ${folder}.`],
    [['user', '--email', 'kim', '--name', 'Kim'], 'kim is no e-mail address.'],
    [['export'], 'Say which file.'],
  ] as const) {
    expect(stoa(...args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) });
  }
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('bad lines are named in words on standard error, and where nothing can be written is a sentence', () => {
  const { folder, stoa } = machine();
  const file = join(folder, 'some.jsonl');
  writeFileSync(file, ['{"type":"acount","id":"a"}', '{"type":"user","id":1}', '{"type":"account","id":"a1"}', '{"type":"account","id":"a2","name":"Acme","arr":"much"}', '{"type":"ticket","id":"k","requester":"u","subject":"S","createdAt":"2026-01-04T09:00:00"}', '[]', '{"type":"account","id":"a3","name":"Fine"}'].join('\n'));
  const told = stoa('import', file, '--dry-run');
  expect(told.status).toBe(1);
  expect(told.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^line 1: type: is none of .*account, user/),
    'line 2: id: is not a text',
    'line 3: name: is missing',
    'line 4: arr: is not a number',
    'line 5: createdAt: is not a time with its zone, like 2026-01-02T09:00:00Z',
    'line 6: the line: is not an object',
  ]);
  expect(told.stdout).toContain('Would import 1 account; 0 there already, 6 with problems.');
  expect(stoa('export', folder)).toMatchObject({ status: 1, stderr: `${folder} is a folder, and has to be a file.\n` });
  expect(leftIn(folder)).toEqual([]);
});

test('where a line was bad the rest is there, and whoever started it is told by the exit code', () => {
  const { folder, stoa } = machine();
  const [file, out] = [join(folder, 'some.jsonl'), join(folder, 'out.jsonl')];
  writeFileSync(file, '{"type":"account","id":"a1"}\n{"type":"account","id":"a2","name":"Fine"}\n');
  expect(stoa('import', file)).toMatchObject({ status: 1, stderr: expect.stringContaining('line 1: name: is missing'), stdout: expect.stringContaining('Imported 1 account; 0 there already, 1 with problems.') });
  expect(stoa('export', out).status).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('"name":"Fine"');
  writeFileSync(file, '{"type":"account","id":"a2","name":"Fine"}\n');
  expect(stoa('import', file)).toMatchObject({ status: 0, stdout: expect.stringContaining('Imported nothing new; 1 there already, 0 with problems.') });
});

test('a backup is one file for the database, and takes the place of another only when told to', () => {
  const { folder, stoa } = machine();
  const [file, backup] = [join(folder, 'some.jsonl'), join(folder, 'backup')];
  writeFileSync(file, '{"type":"account","id":"a1","name":"One"}\n');
  stoa('import', file);
  expect(stoa('backup', backup)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('1 accounts') });
  const whole = () => [readdirSync(backup).sort(), readFileSync(join(backup, 'manifest.json'), 'utf8')] as const;
  const [names, first] = whole();
  expect(names).toEqual(['manifest.json', 'stoa.db']);
  expect(stoa('backup', backup)).toMatchObject({ status: 1, stdout: '', stderr: `${backup} holds a backup already. Choose another folder, or replace it with --force.\n` });
  expect(whole()).toEqual([names, first]);
  writeFileSync(file, '{"type":"account","id":"a2","name":"Two"}\n');
  stoa('import', file);
  expect(stoa('backup', backup, '--force')).toMatchObject({ status: 0, stdout: expect.stringContaining('2 accounts') });
  expect(whole()[0]).toEqual(names);
  expect(stoa('restore', backup)).toMatchObject({ status: 0, stdout: expect.stringContaining('2 accounts') });
  expect(whole()[0]).toEqual(names);
  expect(leftIn(folder)).toEqual([]);
});

test('an import tells what came in, one or many of each', () => {
  const { folder, stoa } = machine();
  const file = join(folder, 'some.jsonl');
  const at = '2026-01-01T00:00:00Z';
  writeFileSync(file, ['c1', 'c2'].map((id) => JSON.stringify({ type: 'category', id, slug: id, name: id })).concat(JSON.stringify({ type: 'user', id: 'u', email: 'u@example.org', name: 'U', role: 'customer', createdAt: at })).join('\n'));
  expect(stoa('import', file, '--dry-run')).toMatchObject({ status: 0, stdout: expect.stringContaining('Would import 2 categories, 1 user; 0 there already, 0 with problems.') });
});
