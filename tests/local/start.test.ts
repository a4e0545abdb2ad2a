import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '../../worker/local/build.ts';
import { freePort } from '../../worker/local/ports.ts';
import { DATA_FILE } from '../../worker/local/sqld.ts';

vi.setConfig({ testTimeout: 300_000 });

let data: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'stoa-start-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) await ended(child);
  rmSync(data, { recursive: true, force: true });
});

interface Start {
  child: ChildProcess;
  /** Everything it said so far. */
  said(): string;
  /** Its exit code, once it ended by itself. */
  code: Promise<number | null>;
}

/** `npm start`, as npm runs it. */
function start(env: Record<string, string>): Start {
  const child = spawn(process.execPath, ['worker/local/start.ts'], { cwd: ROOT, env: { ...process.env, STOA_DATA: data, ...env } });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream!.on('data', (words) => (said += words));
  return { child, said: () => said, code: new Promise((resolve) => child.once('exit', resolve)) };
}

async function ready(one: Start): Promise<string> {
  for (let waited = 0; waited < 90_000; waited += 50) {
    const url = /ready at (\S+)/.exec(one.said())?.[1];
    if (url) return url;
    if (one.child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not start: ${one.said()}`);
}

const ended = (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });

/** What still runs and names this data folder. */
const leftovers = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid) && commandOf(pid).includes(data));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const anyPort = async () => ({ STOA_PORT: String(await freePort()) });
const oneSentence = (said: string, sentence: RegExp) => {
  expect(said.trim()).toMatch(sentence);
  expect(said, 'no stack trace').not.toMatch(/\n\s+at /);
};

test('a taken port is told in one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const one = start({ STOA_PORT: String(port) });
  expect(await one.code).toBe(1);
  oneSentence(one.said(), new RegExp(`^Port ${port} is taken\\..*STOA_PORT`));
  server.close();
});

test('a mail server, a scanner or a service of vectors that is none, or letters from nobody, are told in one sentence', async () => {
  for (const [env, sentence] of [[{ STOA_SMTP_URL: 'mail.example.com' }, /^STOA_SMTP_URL is no address of a mail server\./], [{ STOA_SMTP_URL: 'smtp://mail.example.com', STOA_MAIL_FROM: 'Stoa' }, /^Set STOA_MAIL_FROM/], [{ STOA_SCANNER_URL: 'clamd:3310' }, /^STOA_SCANNER_URL is no address of a scanner\./], [{ STOA_MEANING_URL: 'ollama:11434' }, /^STOA_MEANING_URL is no address of a service\./], [{ STOA_MEANING_URL: 'http://127.0.0.1:1/v1/embeddings' }, /^Set STOA_MEANING_MODEL/]] as const) {
    const one = start({ ...(await anyPort()), ...env });
    expect(await one.code).toBe(1);
    oneSentence(one.said(), sentence);
  }
});

test('the doctor says how the mail of the running workspace leaves, without the password', async () => {
  const one = start({ ...(await anyPort()), STOA_DEMO: '0', STOA_SMTP_URL: 'smtp://me:hidden@127.0.0.1:2525?tls=no', STOA_MAIL_FROM: 'Stoa <hello@example.com>' });
  await ready(one);
  const said = execFileSync(process.execPath, ['worker/local/stoa.ts', 'doctor'], { cwd: ROOT, env: { ...process.env, STOA_DATA: data }, encoding: 'utf8' });
  expect(said).toContain('ok    mail: letters leave by 127.0.0.1:2525 from Stoa <hello@example.com>; 0 wait, 0 given up');
  expect(said).toMatch(/^ok {4}meaning: words alone; 0 of \d+ topics and articles have a vector$/m);
  expect(said).not.toContain('hidden');
});

test('a port that is none, and a folder that cannot be made, are told in one sentence', async () => {
  for (const [env, sentence] of [[{ STOA_PORT: '99999' }, /^STOA_PORT is a number up to 65535, like 4321\. “99999” is none\.$/], [{ STOA_PORT: 'abc' }, /“abc” is none\.$/], [{ STOA_DATA: '/proc/nope' }, /^There is no \/proc\/nope, or no folder to put it in\.$/]] as const) {
    const one = start({ ...(await anyPort()), ...env });
    expect(await one.code).toBe(1);
    oneSentence(one.said(), sentence);
  }
});

test('a folder that cannot be written is named', async () => {
  const file = join(data, 'file');
  writeFileSync(file, '');
  const one = start({ ...(await anyPort()), STOA_DATA: join(file, 'inside') });
  expect(await one.code).toBe(1);
  oneSentence(one.said(), /cannot be written/);
});

test('a database file that is none is left as it is', async () => {
  const file = join(data, 'db', DATA_FILE);
  const first = start({ ...(await anyPort()), STOA_DEMO: '0' });
  await ready(first);
  await ended(first.child);
  writeFileSync(file, 'This is no database. '.repeat(1_000));
  for (const more of ['-wal', '-shm']) rmSync(file + more, { force: true });
  const second = start(await anyPort());
  expect(await second.code).toBe(1);
  oneSentence(second.said(), /database/i);
  expect(readFileSync(file, 'utf8')).toContain('This is no database.');
  expect(leftovers()).toEqual([]);
});

test('it ends with all its children, keeps its data, and does not start twice on one folder', async () => {
  const env = await anyPort();
  const first = start(env);
  const url = await ready(first);
  const once = /name="once" value="([^"]+)"/.exec(await (await fetch(`${url}/tickets/new`)).text())![1]!;
  // Nobody types faster.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const form = new URLSearchParams({ email: 'guest@example.net', subject: 'Still there?', body: 'I hope so.', anyway: '1', once });
  const opened = await fetch(`${url}/tickets/new`, { method: 'POST', redirect: 'manual', headers: { origin: url }, body: form });
  expect(opened.status).toBe(303);
  const ticket = opened.headers.get('location')!;

  const twin = start(await anyPort());
  expect(await twin.code).toBe(1);
  oneSentence(twin.said(), /already runs at/);

  await ended(first.child, 'SIGINT');
  expect(leftovers()).toEqual([]);

  const again = start(env);
  expect(await ready(again)).toBe(url);
  const page = await fetch(new URL(ticket, url), { redirect: 'follow' });
  expect(await page.text()).toContain('Still there?');
  await ended(again.child);
  expect(leftovers()).toEqual([]);
});

test('a launcher that is killed leaves nothing running, and the next one starts on its port with one database and everything acknowledged', async () => {
  const env = await anyPort();
  const first = start({ ...env, STOA_DEMO: '0' });
  const url = await ready(first);
  const made = execFileSync(process.execPath, ['worker/local/stoa.ts', 'user', '--email', 'kim@example.org', '--name', 'Kim'], { cwd: ROOT, env: { ...process.env, STOA_DATA: data }, encoding: 'utf8' });
  expect(made).toContain('kim@example.org is customer.');
  await ended(first.child, 'SIGKILL');
  const again = start({ ...env, STOA_DEMO: '0' });
  expect(await ready(again)).toBe(url);
  expect(leftovers().filter((pid) => commandOf(pid).includes('/sqld'))).toHaveLength(1);
  expect(leftovers().filter((pid) => commandOf(pid).includes('/workerd'))).toHaveLength(1);
  const known = execFileSync(process.execPath, ['worker/local/stoa.ts', 'token', '--email', 'kim@example.org'], { cwd: ROOT, env: { ...process.env, STOA_DATA: data }, encoding: 'utf8' });
  expect(known).toMatch(/^stoa_/);
  await ended(again.child);
  expect(leftovers()).toEqual([]);
});

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot && canMount())('a full disk is told, and what was written stays', async () => {
  const disk = join(data, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  try {
    const one = start({ ...(await anyPort()), STOA_DATA: disk });
    expect(await one.code).toBe(1);
    oneSentence(one.said(), /disk is full|Make room/i);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

test.runIf(isRoot && canMount())('a disk that is full too soon for the demo, or for an import, is told in one sentence', async () => {
  const [disk, file] = [join(data, 'disk'), join(data, 'one.jsonl')];
  mkdirSync(disk);
  writeFileSync(file, '{"type":"account","id":"a","name":"A"}');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
  try {
    const one = start({ ...(await anyPort()), STOA_DATA: disk });
    expect(await one.code).toBe(1);
    oneSentence(one.said(), /^The disk is full\. Make room, then start again: nothing is lost\.$/);
    const { status, stderr } = spawnSync(process.execPath, ['worker/local/stoa.ts', 'import', file], { cwd: ROOT, env: { ...process.env, STOA_DATA: disk }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, 'The disk is full. Make room, then start again: nothing is lost.\n']);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

test.runIf(isRoot && canMount())('while the disk is full people read, and are told that nothing can be saved; with room again it can, without a start', async () => {
  const disk = join(data, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
  try {
    const one = start({ ...(await anyPort()), STOA_DATA: disk, STOA_DEMO: '0' });
    const url = await ready(one);
    const once = /name="once" value="([^"]+)"/.exec(await (await fetch(`${url}/el/tickets/new`)).text())![1]!;
    const filler = join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' });
    const sent = (path: string) => fetch(url + path, { method: 'POST', redirect: 'manual', headers: { origin: url }, body: new URLSearchParams({ email: 'guest@example.net', subject: 'Still there?', body: 'I hope so.', anyway: '1', once }) });
    const refused = await sent('/el/tickets/new');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await refused.text()).toContain('Αυτό δεν μπορεί να αποθηκευτεί τώρα');
    expect((await fetch(`${url}/forum`)).status).toBe(200);
    rmSync(filler);
    await expect.poll(async () => (await sent('/tickets/new')).status, { timeout: 20_000, interval: 500 }).toBe(303);
    await ended(one.child);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'stoa-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  }
}
