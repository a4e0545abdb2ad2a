import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

async function enter(page: Page, email: string) {
  await signIn(page, world.url, email);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** The address in the newest letter to somebody. */
async function linkTo(email: string): Promise<string> {
  const rows = await world.rows('select text from mails where to_address = ? order by id desc limit 1', [email]);
  const { pathname, search } = new URL(/https?:\/\/\S+/.exec(rows[0]!['text'] as string)![0]);
  return world.url + pathname + search;
}

test('without JavaScript: an account admin invites, the invited chooses a password and is in; removed, they are out on the next page', async () => {
  const [dora, newcomer] = [await browser.newPage({ javaScriptEnabled: false }), await browser.newPage({ javaScriptEnabled: false })];
  await enter(dora, 'dora@acme.test');
  await dora.goto(`${world.url}/account`);
  await dora.fill('form:has(button[value=invite]) #email', 'newcomer@acme.test');
  await dora.selectOption('#accountRole', 'admin');
  await dora.click('button[value=invite]');
  expect(await dora.textContent('main')).toContain('The invitation is on its way.');
  expect(await dora.textContent('main')).toContain('newcomer@acme.test');

  const link = await linkTo('newcomer@acme.test');
  for (let i = 0; i < 2; i++) await newcomer.goto(link);
  await newcomer.fill('#name', 'Nora New');
  await newcomer.fill('#password', 'short');
  await newcomer.fill('#again', 'short');
  await newcomer.click('button[value=accept]');
  expect(await newcomer.inputValue('#name')).toBe('Nora New');
  await newcomer.fill('#password', 'a long walk home');
  await newcomer.fill('#again', 'a long walk home');
  await newcomer.click('button[value=accept]');
  expect(new URL(newcomer.url()).pathname).toBe('/account');
  expect(await newcomer.textContent('main')).toContain('Acme Clinics');
  const tickets = await newcomer.goto(`${world.url}/tickets?whose=account`);
  expect(await tickets!.text()).toMatch(/href="\/tickets\/\d+"/);
  expect((await dora.goto(link))!.status()).toBe(404);

  await dora.goto(`${world.url}/account`);
  await dora.click('li:has-text("Nora New") button[value=remove]');
  await newcomer.goto(`${world.url}/account`);
  expect(await newcomer.textContent('main')).toContain('You belong to no company’s account.');
  expect(await (await newcomer.goto(`${world.url}/tickets?whose=account`))!.text()).not.toMatch(/href="\/tickets\/\d+"/);
});

test('an admin makes a role, gives it with a session open, and takes it back: each counts on the next page', async () => {
  const [ada, arno] = [await browser.newPage({ javaScriptEnabled: false }), await browser.newPage({ javaScriptEnabled: false })];
  await enter(ada, 'ada@stoa.test');
  await enter(arno, 'arno@stoa.test');
  await ada.goto(`${world.url}/admin/roles/new`);
  await ada.fill('#name', 'Watcher');
  await ada.check('input[value="tickets.see"]');
  await ada.check('input[value="tickets.note"]');
  await ada.click('button[value=save]');
  expect(await ada.textContent('main')).toContain('Watcher');
  await arno.goto(`${world.url}/agent/tickets/1`);
  expect(await arno.isVisible('input[value=public]')).toBe(true);
  expect(await arno.isVisible('nav a[href="/csm"]')).toBe(true);

  await ada.goto(`${world.url}/admin/people?q=arno`);
  await ada.click('main tbody a');
  await ada.selectOption('#role', { label: 'Watcher' });
  await ada.click('button[value=role]');
  await arno.goto(`${world.url}/agent/tickets/1`);
  expect([await arno.isVisible('input[value=internal]'), await arno.isVisible('input[value=public]'), await arno.isVisible('nav a[href="/csm"]')]).toEqual([true, false, false]);
  expect((await arno.goto(`${world.url}/csm`))!.status()).toBe(404);
  expect((await arno.goto(`${world.url}/admin`))!.status()).toBe(404);

  await ada.click('button[value=suspend]');
  await arno.goto(`${world.url}/agent`);
  expect(new URL(arno.url()).pathname).toBe('/sign-in');
});

test('a list is looked at line by line, then invited; a domain lets colleagues ask, and staff let them in', async () => {
  const cleo = await browser.newPage({ javaScriptEnabled: false });
  await enter(cleo, 'cleo@stoa.test');
  await cleo.goto(`${world.url}/admin/invitations/list`);
  await cleo.setInputFiles('#file', { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('email,name,role,account\none@pine.test,One,,Pine Street Yoga\ntwo@pine.test,Two,agent,\n') });
  await cleo.click('button[value=look]');
  expect(await cleo.locator('tbody tr').allTextContents()).toEqual([expect.stringContaining('Gets an invitation'), expect.stringContaining('You cannot give what you do not hold.')]);
  await cleo.click('button[value=go]');
  expect(await cleo.textContent('main')).toContain('Invited: 1. Left out: 1.');
  await cleo.goto(`${world.url}/admin/people?q=one@`);
  expect(await cleo.textContent('main')).toContain('Nobody and nothing fits.');

  await world.rows(`update users set account_id = null where email = 'tomas@nordic.test'`);
  const tomas = await browser.newPage({ javaScriptEnabled: false });
  await enter(tomas, 'tomas@nordic.test');
  await tomas.goto(`${world.url}/account`);
  await tomas.click('button[value=ask]');
  expect(await tomas.textContent('main')).toContain('You asked to join Nordic Vet Group');
  await cleo.goto(`${world.url}/admin`);
  await cleo.click('li:has-text("Tomas Lund") button:has-text("Let in") >> nth=0');
  await tomas.goto(`${world.url}/account`);
  expect(await tomas.textContent('main')).toContain('You act for Nordic Vet Group');
});
