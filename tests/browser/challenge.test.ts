import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let world: Awaited<ReturnType<typeof edge>>;
let browser: Browser;
let ada: string;
beforeAll(async () => {
  world = await edge();
  ada = await world.signedIn('ada@stoa.test');
  const listed = await world.visit('/admin/moderation/screens', { cookie: ada, form: { action: 'add', kind: 'mail', pattern: '*@far.test', follows: 'hold', once: drawn() } });
  expect(listed.status).toBe(303);
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Statuses of what was posted on a page. */
function posts(page: Page): number[] {
  const all: number[] = [];
  page.on('response', (answer) => void (answer.request().method() === 'POST' && all.push(answer.status())));
  return all;
}

/** Writes a ticket from an address that is looked at. */
async function write(page: Page, subject: string) {
  await page.goto(`${world.url}/tickets/new`);
  await page.fill('#email', 'guest@far.test');
  await page.fill('#subject', subject);
  await page.fill('#body', 'Nobody has heard of this.');
  await page.click('main form .button');
}

test('with JavaScript the browser answers by itself, and the ticket is there', async () => {
  const page = await browser.newPage();
  const sent = posts(page);
  await write(page, 'Qwerty zxcvb');
  await page.waitForURL(/\/tickets\/\d+\?key=/, { timeout: 60_000 });
  expect(await page.textContent('h1')).toContain('Qwerty zxcvb');
  expect(sent).toEqual([422, 303]);
  await page.close();
});

test('signing up goes on by itself too, with the password that was typed', async () => {
  const page = await browser.newPage();
  const sent = posts(page);
  await page.goto(`${world.url}/el/sign-up`);
  await page.fill('#name', 'Ρέα');
  await page.fill('#email', 'rhea@far.test');
  await page.fill('#password', 'μια μεγάλη φράση');
  await page.click('main form .button');
  await page.waitForURL(/sign-up\?sent=1/, { timeout: 60_000 });
  expect(sent).toEqual([422, 303]);
  await page.close();
});

test('without JavaScript everything typed is there, with ways on that anybody can take', async () => {
  const rules = { firstPosts: '0', fastSeconds: '3', challenge: 'on', question: 'What are we called?', questionEl: 'Πώς μας λένε;', answers: 'Stoa', sensitivity: 'medium', memberLevel: '1', once: drawn() };
  expect((await world.visit('/admin/moderation', { cookie: ada, form: rules })).status).toBe(303);
  const page = await browser.newPage({ javaScriptEnabled: false });
  await write(page, 'Qwerty hjkl');
  expect(await page.textContent('#challenge')).toBe('One more step');
  expect(await page.textContent('stoa-challenge')).toMatch(/wait \d+ seconds, then send it again/);
  expect([await page.inputValue('#email'), await page.inputValue('#subject'), await page.inputValue('#body')]).toEqual(['guest@far.test', 'Qwerty hjkl', 'Nobody has heard of this.']);
  await page.fill('#proofAnswer', 'a wrong one');
  await page.click('stoa-challenge .button');
  expect(await page.textContent('#proofAnswer-issue')).toBe('This is not the answer.');
  await page.fill('#proofAnswer', 'STOA');
  await page.click('stoa-challenge .button');
  await page.waitForURL(/\/tickets\/\d+\?key=/);
  expect(await page.textContent('h1')).toContain('Qwerty hjkl');
  await page.close();
});

test('the challenge is accessible, in light and dark and on a narrow screen', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 320, height: 700 } });
    const page = await context.newPage();
    // As in a browser that cannot hash: over plain HTTP from elsewhere.
    await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    await write(page, 'Qwerty yuiop');
    await page.waitForSelector('#challenge');
    await page.addScriptTag({ content: axeSource });
    expect(await page.evaluate(async () => (await (globalThis as unknown as { axe: Axe }).axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)}`))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await context.close();
  }
});
