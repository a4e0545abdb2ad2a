import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../support/browser.ts';
import { edge } from '../support/edge.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const FORM = '/tickets/new?form=frm_demo_booking';

let world: Awaited<ReturnType<typeof edge>>;
let browser: Browser;
beforeAll(async () => {
  world = await edge();
  await world.client.batch([
    "insert into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_seats', 'seats', 'number', 'How many seats', '[]', 0)",
    "insert into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_firm', 'firm', 'account', 'Which company runs it', '[]', 0)",
    "insert into form_fields (form_id, field_id, position) values ('frm_demo_booking', 'fld_firm', 11)",
    "insert into form_fields (form_id, field_id, position, when_field, when_value) values ('frm_demo_booking', 'fld_seats', 9, 'fld_demo_devices', 'ios')",
  ]);
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('questions come and go as the form is filled in, keep what was typed, and what is hidden is not sent', async () => {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(world.url + FORM);
  const plan = page.getByLabel('Your Microsoft plan');
  expect([await plan.count(), await page.getByText('Show the questions that fit').count()]).toEqual([0, 0]);
  await page.getByLabel('Which calendar').selectOption('outlook');
  await plan.fill('Business');
  const order = await page.locator('main label').allTextContents();
  expect(order.findIndex((text) => text.includes('Microsoft'))).toBe(order.findIndex((text) => text.includes('Which calendar')) + 1);
  await page.getByLabel('Which calendar').selectOption('google');
  expect(await plan.count()).toBe(0);
  expect(await page.locator('form[enctype]').evaluate((form) => new FormData(form as HTMLFormElement).has('fields.microsoft'))).toBe(false);
  await page.getByLabel('Which calendar').selectOption('outlook');
  expect(await plan.inputValue()).toBe('Business');
  await page.getByLabel('iPhone or iPad').check();
  await page.getByLabel('How many seats').fill('4');
  await page.getByLabel('Your e-mail address').fill('guest@far.test');
  await page.getByLabel('Subject').fill('Lost bookings');
  await page.getByLabel('What happens').fill('They are gone since Monday.');
  await page.locator('main form[enctype] button.button').last().click();
  await page.waitForLoadState();
  const anyway = page.getByRole('button', { name: 'Send it anyway' });
  if ((await anyway.count()) > 0) await anyway.last().click();
  await page.waitForURL(/\/tickets\/\d+\?key=/);
  expect(await page.locator('main').textContent()).toMatch(/Business[\s\S]*4/);
  expect(troubles).toEqual([]);
  await page.close();
});

test('without a script a button asks for them, and a form without such questions has no script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(world.url + FORM);
  await page.getByLabel('Which calendar').selectOption('outlook');
  expect(await page.getByLabel('Your Microsoft plan').count()).toBe(0);
  await page.getByRole('button', { name: 'Show the questions that fit' }).click();
  expect(await page.getByLabel('Your Microsoft plan').count()).toBe(1);
  await context.close();
  expect((await world.visit('/tickets/new?form=frm_demo_invoice')).html).not.toContain('<script');
  const scripts = [...(await world.visit(FORM)).html.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, at]) => at!);
  const { length } = await (await fetch(world.url + scripts[0]!)).text();
  expect([scripts.length, length < 2_000]).toEqual([1, true]);
});

test('without a script: who is about to write waits for what is known instead, by one press, and says what solved it by another', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, world.url, 'chris@acme.test');
  const about = async (subject: string) => {
    await page.goto(`${world.url}/tickets/new`);
    await page.getByLabel('Subject').fill(subject);
    await page.getByLabel('What happens').fill('Since this morning.');
    await page.getByRole('button', { name: 'Send ticket' }).click();
  };
  await about('Outlook calendar shows changes late');
  expect(await page.locator('p.title', { hasText: 'Outlook calendars show changes hours late' }).count()).toBe(1);
  await page.getByRole('button', { name: /^Tell me when it is fixed/ }).click();
  expect([page.url(), await page.getByRole('status').textContent()]).toEqual([`${world.url}/tickets/new?waiting=1`, expect.stringContaining('We will tell you when it is fixed.')]);
  await about('Passkeys and codes for sessions');
  await page.getByRole('button', { name: /^This solved it/ }).first().click();
  expect(page.url()).toBe(`${world.url}/tickets/new?solved=1`);
  await context.close();
});

test('without a script: an agent types a name, chooses whom it means, and reads it as a link', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, world.url, 'agnes@stoa.test');
  await page.goto(`${world.url}/agent/tickets/4`);
  await page.getByLabel('Which company runs it').fill('acm');
  await page.getByRole('button', { name: 'Save details' }).click();
  await page.getByLabel('Which company runs it', { exact: true }).selectOption('Acme Clinics');
  await page.getByLabel('Which company runs it: find by name').fill('');
  await page.getByRole('button', { name: 'Save details' }).click();
  expect(await page.getByRole('link', { name: 'Acme Clinics' }).getAttribute('href')).toMatch(/^\/csm\/accounts\/acc_/);
  await context.close();
});

test('another form, or for whom else it is, is chosen without losing a word, with and without a script, and nothing is sent by it', async () => {
  const before = await world.rows('select count(*) as n from tickets');
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const words = async () => [await page.locator('#subject').inputValue(), await page.locator('#body').inputValue()];
    await page.goto(`${world.url}/tickets/new`);
    await page.locator('#subject').fill('Kept subject');
    await page.locator('#body').fill('Kept\nwords');
    for (const name of ['Bookings', 'Invoices']) {
      const tab = page.locator('nav.tabs button', { hasText: new RegExp(name.slice(0, 6), 'i') });
      await Promise.all([page.waitForEvent('load'), tab.click()]);
      expect([name, await tab.getAttribute('aria-current'), ...(await words())]).toEqual([name, 'true', 'Kept subject', 'Kept\nwords']);
    }
    await signIn(page, world.url, 'agnes@stoa.test');
    await page.waitForURL(/\/agent/);
    await page.goto(`${world.url}/agent/tickets/new`);
    await page.locator('#requester').fill('chris@acme.test');
    await page.locator('#subject').fill('Kept subject');
    await page.locator('#body').fill('Kept\nwords');
    for (const whose of ['internal', 'customer']) {
      await Promise.all([page.waitForEvent('load'), page.click(`nav.tabs button[value=${whose}]`)]);
      expect([whose, ...(await words())]).toEqual([whose, 'Kept subject', 'Kept\nwords']);
    }
    expect(await page.locator('#requester').inputValue()).toBe('chris@acme.test');
    await page.locator('nav.tabs button[name=choose]').last().click();
    expect([await page.locator('#requester').inputValue(), ...(await words())]).toEqual(['chris@acme.test', 'Kept subject', 'Kept\nwords']);
    // Enter sends, and presses none of them.
    await Promise.all([page.waitForEvent('load'), page.locator('#subject').press('Enter')]);
    expect(page.url()).toMatch(/\/agent\/tickets\/\d+$/);
    await context.close();
  }
  expect(Number((await world.rows('select count(*) as n from tickets'))[0]!['n']) - Number(before[0]!['n'])).toBe(2);
}, 60_000);
