import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { importFile } from '../../worker/data/import.ts';
import { migrate } from '../../worker/database/migrate.ts';
import { seed } from '../../worker/database/seed.ts';
import { buildIfStale, DIST } from '../../worker/local/build.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { faultsIn, shown, watched } from '../browser/hostile.ts';
import { corporaIn } from './corpora.ts';

/** `node tests/load/hostile.ts [from] [to]`: every text of the public corpora as title, tag, text and name in the forum, as subject and message at the desk, opened in Chromium. Fails when one does anything; with a range of texts it names the one. */
const folder = resolve(process.env['STOA_DATA_SETS'] ?? '../shared/data', 'security');
if (!existsSync(folder)) {
  console.log(`The corpora are absent: there is no folder ${folder} (STOA_DATA_SETS).`);
  process.exit(0);
}
const POSTS = 20;
const [from = 0, to] = process.argv.slice(2).map(Number);
const texts = corporaIn(folder).slice(from, to);
const createdAt = '2026-01-05T09:00:00Z';
const [day, line] = ['2026-01-05', (text: string) => text.slice(0, 200)];
const at = (i: number) => `${day}T${String(9 + Math.floor(i / 3600)).padStart(2, '0')}:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}Z`;
const rows = [
  { type: 'category', id: 'hostile', slug: 'hostile', name: 'Hostile' },
  { type: 'user', id: 'reader', email: 'reader@hostile.example', name: 'Reader', createdAt },
  ...texts.map((text, i) => ({ type: 'user', id: `u${i}`, email: `u${i}@hostile.example`, name: line(text), createdAt })),
  ...texts.map((text, i) => ({ type: 'topic', id: `t${i}`, category: 'hostile', author: `u${i}`, title: line(text), body: text, tags: [text.slice(0, 40)], createdAt: at(i) })),
  ...texts.flatMap((text, i) => (i % POSTS === 0 ? [] : [{ type: 'post', id: `p${i}`, topic: `t${i - (i % POSTS)}`, author: `u${i}`, body: text, createdAt: at(i) }])),
  ...texts.map((text, i) => ({ type: 'ticket', id: `k${i}`, requester: `u${i}`, subject: line(text), tags: [text.slice(0, 40)], createdAt: at(i) })),
  ...texts.map((text, i) => ({ type: 'message', id: `m${i}`, ticket: `k${i - (i % POSTS)}`, author: `u${i - (i % POSTS)}`, body: text, createdAt: at(i) })),
];

buildIfStale();
const scratch = mkdtempSync(join(tmpdir(), 'stoa-hostile-'));
const file = join(scratch, 'hostile.jsonl');
writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
const database = await startSqld({ folder: join(scratch, 'db') });
await migrate(database.url);
await seed(database.url);
const refused: string[] = [];
const { imported } = await importFile(file, { url: database.url, problem: (at, reason) => void refused.push(`line ${at}: ${reason}`) });
const worker = await startWorkerd({ dist: DIST, folder: scratch, databaseUrl: database.url, secret: 'a secret of the load, long enough', log: (said) => console.error(said.slice(0, 300)) });
console.log(`${texts.length} texts. In: ${Object.entries(imported).map(([type, count]) => `${count} ${type}`).join(', ')}. Refused: ${refused.length}${refused.length ? `, as ${refused.slice(0, 3).join(' | ')}` : ''}.`);

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const { page, happened } = await watched(browser, worker.url);
const faults: string[] = [];
let pages = 0;
let titles = 0;
const literal = new Set(texts.map((text) => shown(line(text))));

/** Opens a page and notes what is wrong with it; `named` says which text an article holds. */
async function open(path: string, named: (article: number) => string) {
  const answer = await page.goto(worker.url + path);
  const url = page.url();
  pages++;
  const found = [...(await faultsIn(page)), ...(await happened()), ...(page.url() === url ? [] : [`led to ${page.url()}`]), ...(answer?.status() === 200 ? [] : [`answers ${answer?.status()}`])];
  for (const one of found) faults.push(`${path}: ${one} – ${named(Number(/post-(\d+)/.exec(one)?.[1] ?? 0))}`);
}

/** Notes titles of a list that are not shown as they were written. */
async function look() {
  for (const title of await page.locator('main .row .title, main td .title, main th a').allTextContents()) {
    titles++;
    if (!literal.has(shown(title))) faults.push(`${page.url()}: the title ${JSON.stringify(title.slice(0, 80))} is none of them`);
  }
}

/** Where a list goes on. */
const nextOf = () => page.evaluate(() => [...document.querySelectorAll('main a[href*="after="]')].at(-1)?.getAttribute('href') ?? null);

const numbersOf = async (sql: string) => {
  const { createClient } = await import('@libsql/client/web');
  const client = createClient({ url: database.url });
  const { rows: found } = await client.execute(sql);
  client.close();
  return found.map((row) => [Number(row['number']), Number(String(row['import_id']).slice(1))] as const);
};

const started = Date.now();
for (const [number, i] of await numbersOf("select number, import_id from topics where import_id like 't%' and posts_count > 1 order by number")) await open(`/forum/topics/${number}`, (article) => JSON.stringify((texts[i + Math.max(0, article - 1)] ?? '').slice(0, 120)));
for (let next: string | null = '/forum/hostile'; next; next = await nextOf()) {
  await open(next, () => 'a list');
  await look();
}
await page.goto(`${worker.url}/sign-in`);
await page.fill('#email', 'agnes@stoa.test');
await page.fill('#password', 'stoa-demo-password');
await page.click('main form:has(#password) button');
await page.waitForURL(/agent/);
for (const [number, i] of await numbersOf("select number, import_id from tickets where import_id like 'k%' order by number")) if (i % POSTS === 0) await open(`/agent/tickets/${number}`, () => `messages ${i} to ${i + POSTS - 1}`);
for (let next: string | null = '/agent'; next; next = await nextOf()) await open(next, () => 'the queue');

await browser.close();
await worker.stop();
await database.stop();
rmSync(scratch, { recursive: true, force: true });
console.log(`${pages} pages opened in ${Math.round((Date.now() - started) / 1000)} s, ${titles} titles of lists read. Wrong: ${faults.length}.`);
for (const fault of faults.slice(0, 60)) console.log(fault);
if (faults.length > 0) process.exit(1);
