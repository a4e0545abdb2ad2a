import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../../worker/local/build.ts';
import { visit } from '../../worker/local/lock.ts';
import { DATA_FILE } from '../../worker/local/sqld.ts';

let data: string;
let file: string;

const TOPICS = 6_000;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'stoa-killed-'));
  file = join(data, 'many.jsonl');
  const at = '2026-01-01T10:00:00Z';
  const topics = Array.from({ length: TOPICS }, (_, i) => ({ type: 'topic', id: `t${i}`, category: 'c1', author: 'u1', title: `Question ${i}`, body: 'Text', tags: [], createdAt: at }));
  const lines = [{ type: 'category', id: 'c1', slug: 'one', name: 'One' }, { type: 'user', id: 'u1', email: 'new@example.org', name: 'New', createdAt: at }, ...topics];
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
});

/** What a slow machine has time to tell of long work. */
const PROGRESS = /^(Reading|Checking|Importing): .*\n/gm;

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

function stoa(...args: string[]): { child: ChildProcess; ended: Promise<Ended>; said: { err: string } } {
  const child = spawn(process.execPath, ['worker/local/stoa.ts', ...args], { cwd: ROOT, env: { ...process.env, STOA_DATA: data } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (words) => (said.out += words)).on('error', () => {});
  child.stderr.on('data', (words) => (said.err += words));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal, ...said, err: said.err.replaceAll(PROGRESS, '') })));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  });
  return { child, ended, said };
}

const inProc = (pid: string, name: string) => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
};
const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** The servers that run on the files of this workspace. */
const servers = () => pids().filter((pid) => inProc(pid, 'cmdline').includes(`sqld\0-d\0${join(data, 'db')}\0`));

/** The shell that would end the children of a process. */
const keeperOf = ({ pid }: ChildProcess) => pids().find((one) => inProc(one, 'cmdline').startsWith('/bin/sh\0-c\0trap') && inProc(one, 'stat').split(') ')[1]?.split(' ')[1] === String(pid));

/** Topics that the import was told are stored. */
function stored(): number {
  const place = join(data, 'db', DATA_FILE);
  if (!existsSync(place)) return 0;
  const open = new DatabaseSync(place, { readOnly: true, timeout: 2_000 });
  try {
    return (open.prepare('select count(*) n from topics').get() as { n: number }).n;
  } catch {
    return 0;
  } finally {
    open.close();
  }
}

const eventually = (what: () => unknown) => expect.poll(what, { timeout: 20_000, interval: 20 });
const midway = () => eventually(() => stored()).toBeGreaterThan(0);

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('a command that gets %s takes its database with it, says nothing more, and what it stored is there', async (signal, code) => {
  const { child, ended } = stoa('import', file);
  await midway();
  child.kill(signal);
  const end = await ended;
  expect([end.code, end.err, servers()]).toEqual([code, '', []]);
  expect(stored()).toBeGreaterThan(0);
});

test('a command that is killed leaves no database behind, and the next one loses nothing', async () => {
  const { child, ended } = stoa('import', file);
  await midway();
  const before = stored();
  child.kill('SIGKILL');
  await ended;
  await eventually(servers).toEqual([]);
  const { ended: again } = stoa('import', file);
  const { code, out, err } = await again;
  expect([code, err]).toEqual([0, '']);
  expect(Number(/; ([\d,]+) there already/.exec(out)![1]!.replace(',', ''))).toBeGreaterThanOrEqual(before);
  expect([stored(), servers()]).toEqual([TOPICS, []]);
});

test('a database that was left behind all the same is ended by whoever comes next, who says so in a line', async () => {
  const { child, ended } = stoa('import', file);
  await midway();
  const [orphan] = servers();
  process.kill(Number(keeperOf(child)), 'SIGKILL');
  child.kill('SIGKILL');
  await ended;
  expect(servers()).toEqual([orphan]);
  const { ended: next } = stoa('doctor');
  const { code, err } = await next;
  expect([code, err]).toEqual([0, `A database server that nobody looked after any more was ended (process ${orphan}).\n`]);
  expect(servers()).toEqual([]);
});

test('two commands at once share one database, which stays until both are done', async () => {
  const first = stoa('import', file);
  await midway();
  first.child.kill('SIGSTOP');
  const { code, out, err } = await stoa('doctor').ended;
  expect([code, err, servers().length]).toEqual([0, '', 1]);
  expect(out).toMatch(/^ok {4}database/m);
  const leave = visit(join(data, 'db'))!;
  first.child.kill('SIGCONT');
  await eventually(() => first.said.err).toContain('Another command uses the database that this one started.');
  expect(servers()).toHaveLength(1);
  leave();
  expect((await first.ended).code).toBe(0);
  expect(servers()).toEqual([]);
});

test('a command whose reader goes away ends without a word', async () => {
  const { child, ended } = stoa('doctor');
  child.stdout!.once('data', () => child.stdout!.destroy());
  const { code, err } = await ended;
  expect([code, err, servers()]).toEqual([141, '', []]);
});
