import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePages, openBrowser, signIn } from '../support/browser.ts';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let browser: Browser;
/** Passkeys want a name for a host. */
let home: string;
beforeAll(async () => {
  world = await edge();
  home = world.url.replace('127.0.0.1', 'localhost');
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages(browser);
  await world?.close();
});

interface Seat {
  context: BrowserContext;
  page: Page;
  device: CDPSession;
  /** What the page complained of: a script refused by the policy, an error. */
  complaints: string[];
}

/** A browser on a device with a fingerprint reader, which always knows its owner. */
async function seat(isUserVerified = true): Promise<Seat> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && !/status of 4\d\d/.test(line.text()) && complaints.push(line.text()));
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified, automaticPresenceSimulation: true } });
  return { context, page, device, complaints };
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

async function addPasskey(page: Page, name: string) {
  await page.goto(`${home}/settings/security/passkey`);
  await page.fill('#name', name);
  await Promise.all([page.waitForNavigation(), page.click('stoa-passkey button')]);
}

test('a passkey is made, signs in without a name, stands for the second factor, and opens nothing once removed', async () => {
  const { context, page, complaints } = await seat();
  await signIn(page, home, 'chris@acme.test');
  await addPasskey(page, 'My laptop');
  expect(await page.textContent('main')).toContain('Your recovery codes');
  expect((await page.textContent('pre'))!.split('\n')).toHaveLength(10);
  await page.goto(`${home}/settings/security`);
  expect(await page.textContent('main')).toContain('My laptop');

  await context.clearCookies();
  await page.goto(`${home}/sign-in?next=/tickets/2`);
  await Promise.all([page.waitForURL(`${home}/tickets/2`), page.click('stoa-passkey button')]);
  expect(await page.textContent('.site-tools')).toContain('Chris Doyle');

  await context.clearCookies();
  await signIn(page, home, 'chris@acme.test');
  expect(pathOf(page)).toBe('/sign-in/second');
  await Promise.all([page.waitForURL(`${home}/`), page.click('stoa-passkey button')]);

  await page.goto(`${home}/settings/security`);
  await page.click('button[aria-label="Remove My laptop"]');
  expect(await page.textContent('main')).toContain('You have no passkey yet.');
  await context.clearCookies();
  await page.goto(`${home}/sign-in`);
  await Promise.all([page.waitForNavigation(), page.click('stoa-passkey button')]);
  expect([pathOf(page), (await page.textContent('[role=alert]'))!.includes('not known here')]).toEqual(['/sign-in/passkey', true]);
  await signIn(page, home, 'chris@acme.test');
  expect(pathOf(page)).toBe('/');
  expect(complaints).toEqual([]);
  await context.close();
});

test('one person has several; the same device makes no second; somebody else’s proves nothing again', async () => {
  const { context, page, device } = await seat();
  await signIn(page, home, 'dora@acme.test');
  await addPasskey(page, 'Phone');
  await page.goto(`${home}/settings/security/passkey`);
  await page.click('stoa-passkey button');
  await page.waitForSelector('stoa-passkey [role=alert]:not([hidden])');
  expect(await page.textContent('stoa-passkey [role=alert]')).toContain('holds a passkey of yours already');
  await device.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } });
  await addPasskey(page, 'Key on my ring');
  expect(pathOf(page)).toBe('/settings/security');
  expect(await page.locator('section:has(> #passkeys) li').count()).toBe(2);
  await context.close();

  const other = await seat();
  await signIn(other.page, home, 'nikos@olive.test');
  await addPasskey(other.page, 'Νίκος');
  await other.context.clearCookies();
  await signIn(other.page, home, 'maria@olive.test');
  await other.page.goto(`${home}/sign-in/passkey`);
  await Promise.all([other.page.waitForNavigation(), other.page.click('stoa-passkey button')]);
  expect(await other.page.textContent('[role=alert]')).toContain('κάποιου άλλου');
  await other.context.close();
});

test('an answer is good once, for its own challenge, in its own browser, and only with the owner checked', async () => {
  const { context, page } = await seat();
  await signIn(page, home, 'hugh@lumen.test');
  await addPasskey(page, 'Laptop');
  await context.clearCookies();
  await page.goto(`${home}/sign-in`);
  let sent = '';
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/sign-in/passkey')) sent = request.postData()!;
  });
  const jar = async () => (await context.cookies()).find(({ name }) => name === 'stoa_challenge')!.value;
  await Promise.all([page.waitForURL(`${home}/`), page.click('stoa-passkey button')]);
  const challenge = await jar();
  const credential = new URLSearchParams(sent).get('credential')!;
  const post = async (body: string, cookie: string) => (await world.visit('/sign-in/passkey', { cookie, form: { credential: body } })).status;
  expect(await post(credential, `stoa_challenge=${challenge}`), 'with a counter that was there before').toBe(422);
  await world.client.execute('update passkeys set counter = 0');
  expect(await post(credential, `stoa_challenge=${challenge}`), 'a second time').toBe(409);
  const fresh = (await world.visit('/sign-in/passkey/options', { method: 'POST', headers: { origin: world.url } })).headers.getSetCookie()[0]!.split(';')[0]!;
  expect(await post(credential, fresh), 'to another challenge').toBe(422);
  for (const cookie of ['', 'stoa_challenge=e30.x', `stoa_challenge=${challenge}x`]) expect(await post(credential, cookie), 'in another browser').toBe(422);
  const changed = JSON.stringify({ ...JSON.parse(credential), response: { ...JSON.parse(credential).response, signature: 'AAAA' } });
  for (const body of [changed, '{}', 'null', '[]', 'x', '{"id":"x","response":{}}', JSON.stringify({ id: 1, response: {} })]) expect(await post(body, fresh), body.slice(0, 20)).toBe(422);
  await context.close();

  const careless = await seat(false);
  await signIn(careless.page, home, 'ben@harbour.test');
  await careless.page.goto(`${home}/settings/security/passkey`);
  await careless.page.click('stoa-passkey button');
  await careless.page.waitForSelector('stoa-passkey [role=alert]:not([hidden])');
  expect(pathOf(careless.page)).toBe('/settings/security/passkey');
  await careless.context.close();
});

test('who is suspended reads why once the passkey has answered', async () => {
  const { context, page } = await seat();
  await signIn(page, home, 'ben@harbour.test');
  await addPasskey(page, 'Laptop');
  await context.clearCookies();
  const rows = await world.rows("select handle from users where email = 'ben@harbour.test'");
  const cookie = await world.signedIn('ada@stoa.test');
  expect((await world.visit(`/moderation/people/${String(rows[0]!['handle'])}`, { cookie, form: { action: 'suspend', code: 'spam', words: 'Stop advertising here.', days: '7', once: drawn() } })).status).toBe(303);
  await page.goto(`${home}/sign-in`);
  await Promise.all([page.waitForNavigation(), page.click('stoa-passkey button')]);
  expect(await page.textContent('[role=alert]')).toMatch(/suspended until .*Stop advertising here\./s);
  await page.click('main a[href*="/statements/"]');
  await page.waitForURL(/\/statements\//);
  expect(await page.textContent('main')).toContain('Stop advertising here.');
  await context.close();
});

test('without JavaScript there is no button that does nothing', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${home}/sign-in`);
  expect(await page.isVisible('stoa-passkey')).toBe(false);
  expect(await page.textContent('noscript')).toContain('Passkeys need JavaScript');
  await page.close();
});
