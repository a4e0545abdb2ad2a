import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

async function seat(email: string, javaScriptEnabled = true): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signIn(page, world.url, email);
  await page.waitForURL(/\/(agent|forum|tickets|admin|csm|$)/);
  return page;
}

/** A customer asks; the number of the ticket. */
async function asked(subject: string): Promise<number> {
  const cookie = await world.signedIn('chris@acme.test');
  const { headers } = await world.visit('/tickets/new', { cookie, form: { subject, body: 'It does nothing.', priority: 'urgent', anyway: '1', once: crypto.randomUUID() } });
  return Number(/\d+$/.exec(headers.get('location')!)![0]);
}

const textOf = async (number: number, email = 'chris@acme.test') => (await world.visit(`/tickets/${number}`, { cookie: await world.signedIn(email) })).html;
const undoSeconds = async (seconds: string) => world.visit('/admin/mail/templates', { cookie: await world.signedIn('ada@stoa.test'), form: { action: 'undo', reply: seconds } });

/** A macro for everyone, made by the admin. */
async function macro(name: string): Promise<void> {
  const made = await world.visit('/agent/macros/new', { cookie: await world.signedIn('ada@stoa.test'), form: { action: 'keep', name, folder: 'First line', whose: 'all', en: 'Dear {{requester.first_name}}, restart it.', status: 'solved', addTags: 'restart', priority: 'low' } });
  expect(made.status).toBe(303);
}

test('an agent works by the keyboard alone: next ticket, read, note with a mention, macro, solve, back to the queue', async () => {
  const number = await asked('Works by keys');
  await macro('Restart');
  const page = await seat('agnes@stoa.test');
  await page.goto(`${world.url}/agent`);
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('j');
    if ((await page.evaluate('document.activeElement.textContent')) === 'Works by keys') break;
  }
  await Promise.all([page.waitForURL(new RegExp(`/agent/tickets/${number}$`)), page.keyboard.press('o')]);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('a')]);
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.closest(".said") !== null')).toBe(true);

  await page.keyboard.press('n');
  await page.keyboard.type('What do you say, @cleo? jkoran');
  expect(await page.inputValue('#body')).toBe('What do you say, @cleo? jkoran');
  for (let i = 0; i < 10 && (await page.evaluate('document.activeElement.value')) !== 'reply'; i++) await page.keyboard.press('Tab');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect(await page.locator('.said.note').count()).toBe(1);

  await page.keyboard.press('m');
  expect(await page.evaluate('document.activeElement.id')).toBe('macro');
  await page.keyboard.type('Restart');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForURL(/macro=mac_/), page.keyboard.press('Enter')]);
  expect(await page.inputValue('#body')).toBe('Dear Chris, restart it.');
  expect([await page.inputValue('#reply-status'), await page.inputValue('#reply-priority'), await page.inputValue('#reply-tags')]).toEqual(['solved', 'low', 'restart']);
  await page.keyboard.press('s');
  expect(await page.evaluate('document.activeElement.id')).toBe('status');
  await undoSeconds('0');
  await page.focus('.composer .sending button');
  await Promise.all([page.waitForURL(new RegExp(`/agent/tickets/${number}#`)), page.keyboard.press('Enter')]);
  await Promise.all([page.waitForURL(/\/agent$/), page.keyboard.press('u')]);
  expect(await textOf(number)).toContain('Dear Chris, restart it.');

  await page.keyboard.press('?');
  expect(await page.isVisible('dialog')).toBe(true);
  await page.click('[data-switch]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.closest(".queue-row")')).toBeNull();
  await page.context().close();
}, 120_000);

test('the same by plain forms, without JavaScript', async () => {
  const number = await asked('Works by forms');
  await macro('Restart again');
  await undoSeconds('15');
  const page = await seat('arno@stoa.test', false);
  await page.goto(`${world.url}/agent`);
  await page.click('text=Works by forms');
  expect(await page.isVisible('stoa-keys')).toBe(false);
  await page.click('button[value=take]');
  await page.check('[name=visibility][value=internal]');
  await page.fill('#body', 'See here, @cleo.');
  await page.click('.composer button[value=reply]');
  expect(await page.locator('.said.note').count()).toBe(1);

  await page.fill('#body', 'Kept for later.');
  await page.click('button[value=draft]');
  expect(await page.inputValue('#body')).toBe('Kept for later.');
  const colleague = await seat('cleo@stoa.test', false);
  await colleague.goto(`${world.url}/agent/tickets/${number}`);
  expect(await colleague.textContent('.writing')).toContain('Kept for later.');
  expect(await colleague.textContent('header .status.warn')).toContain('Arno');
  await page.click('button[value=discard]');

  await page.selectOption('#macro', { label: 'Restart again' });
  await page.click('.picker button');
  await page.click('.composer button[value=reply]');
  expect(await page.textContent('.held')).toContain('Dear Chris, restart it.');
  for (const email of ['chris@acme.test', 'dora@acme.test']) expect(await textOf(number, email)).not.toContain('restart it');
  await page.click('button[value=undo]');
  expect(await page.inputValue('#body')).toBe('Dear Chris, restart it.');
  await page.click('.composer button[value=reply]');
  await page.click('button[value=send]');
  expect(await textOf(number)).toContain('Dear Chris, restart it.');
  await Promise.all([page, colleague].map((one) => one.context().close()));
}, 120_000);

test('a macro goes under what is typed, with and without JavaScript, and the view that an agent works through stays', async () => {
  const number = await asked('Works through a view');
  await macro('Restart in a view');
  for (const javaScript of [false, true]) {
    const page = await seat('agnes@stoa.test', javaScript);
    const at = `${world.url}/agent/tickets/${number}?view=open`;
    await page.goto(at);
    await page.fill('#body', 'Dear Chris, I looked.');
    await page.selectOption('#macro', { label: 'Restart in a view' });
    await page.click('.picker button');
    expect(await page.inputValue('#body')).toBe('Dear Chris, I looked.\n\nDear Chris, restart it.');
    expect(page.url()).toMatch(/view=open&macro=mac_/);
    await page.reload();
    expect(await page.inputValue('#body')).toBe('Dear Chris, I looked.\n\nDear Chris, restart it.');
    await page.click('button[value=discard]');
    expect(page.url().startsWith(at)).toBe(true);
    await page.context().close();
  }
}, 60_000);

test('a ticket is found from the keyboard: the field, its number, the list; on a phone the field is behind the menu', async () => {
  const number = await asked('A hellebore blooms');
  const page = await seat('arno@stoa.test');
  await page.goto(`${world.url}/agent`);
  await page.keyboard.press('/');
  await page.keyboard.type(`#${number}`);
  await Promise.all([page.waitForURL(/\/agent\/search\?q=%23\d+$/), page.keyboard.press('Enter')]);
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL(new RegExp(`/agent/tickets/${number}$`)), page.keyboard.press('o')]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.locator('#find').isVisible()).toBe(false);
  await page.keyboard.press('/');
  expect([await page.evaluate('document.activeElement.id'), await page.locator('#find').isVisible()]).toEqual(['find', true]);
  await page.context().close();
}, 60_000);

test('a view is worked through by keys: its list, its next ticket, a note sent from the field, the one after', async () => {
  await asked('First of a view');
  await asked('Second of a view');
  const page = await seat('arno@stoa.test');
  await page.goto(`${world.url}/agent/views/open`);
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.className')).toBe('title');
  const next = async () => {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('e')]);
    return Number(/tickets\/(\d+)\?view=open/.exec(page.url())![1]);
  };
  const first = await next();
  await page.keyboard.press('n');
  await page.keyboard.type('I read it.');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Control+Enter')]);
  expect(await page.locator('.said.note, .held', { hasText: 'I read it.' }).count()).toBe(1);
  const second = await next();
  expect(second).not.toBe(first);
  await Promise.all([page.waitForURL(/\/agent\/views\/open$/), page.keyboard.press('u')]);
  await page.context().close();
}, 60_000);

test('an answer that nobody undoes is sent by itself', async () => {
  const number = await asked('Goes by itself');
  await undoSeconds('3');
  const cookie = await world.signedIn('agnes@stoa.test');
  const sent = await world.visit(`/agent/tickets/${number}`, { cookie, form: { action: 'reply', body: 'By and by.', visibility: 'public', status: 'pending', hold: '1' } });
  expect(sent.status).toBe(303);
  await world.visit(`/agent/tickets/${number}`, { cookie });
  expect(await textOf(number)).not.toContain('By and by.');
  await expect.poll(() => textOf(number), { timeout: 20_000, interval: 1_000 }).toContain('By and by.');
}, 60_000);

test('what is typed is kept by itself, and a second tab is told', async () => {
  const number = await asked('Keeps by itself');
  const page = await seat('agnes@stoa.test');
  await page.goto(`${world.url}/agent/tickets/${number}`);
  const second = await page.context().newPage();
  await second.goto(`${world.url}/agent/tickets/${number}`);
  await page.fill('#body', 'From the first tab.');
  await expect.poll(() => page.inputValue('stoa-draft [name=draft]'), { timeout: 15_000 }).toBe('1');
  await second.fill('#body', 'From the second tab.');
  await expect.poll(() => second.textContent('.drafted [role=status]'), { timeout: 15_000 }).toContain('another tab');
  expect(await second.inputValue('#body')).toBe('From the second tab.');
  await page.reload();
  expect(await page.inputValue('#body')).toBe('From the first tab.');
  await page.context().close();
}, 60_000);

test('half an answer is kept while its agent types on, and whatever leads away: other forms of the page, keys, a reload; never does a tab stand in its own way', async () => {
  const number = await asked('Left in the middle');
  const page = await seat('agnes@stoa.test');
  const at = `${world.url}/agent/tickets/${number}`;
  const [text, told] = [() => page.inputValue('#body'), () => page.textContent('.drafted [role=status]')];
  const draft = async () => (await world.rows("select d.body, d.kind from drafts d join tickets t on t.id = d.place join users u on u.id = d.user_id where t.number = ? and u.email = 'agnes@stoa.test'", [number]))[0];
  await page.goto(at);
  await page.check('[name=visibility][value=internal]');
  await page.locator('#body').pressSequentially('One letter after the other, without a rest', { delay: 150 });
  expect((await draft())?.['body']).toMatch(/^One letter after/);

  for (const [more, leave] of [
    [' and saved', () => page.click('aside button[value=change]')],
    [' and reloaded', () => page.reload()],
    [' and taken by a key', async () => { await page.keyboard.press('Escape'); await page.keyboard.press('a'); }],
  ] as const) {
    await page.focus('#body');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(more);
    const whole = await text();
    await Promise.all([page.waitForEvent('load'), leave()]);
    expect([more, await text(), await page.isChecked('[name=visibility][value=internal]')]).toEqual([more, whole, true]);
    await expect.poll(draft, { timeout: 15_000 }).toMatchObject({ body: whole, kind: 'internal' });
    // What was on its way while the page was drawn is known again as this tab’s own.
    await page.focus('#body');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('.');
    await expect.poll(told, { timeout: 15_000 }).toBe('Draft kept');
    await expect.poll(draft, { timeout: 15_000 }).toMatchObject({ body: `${whole}.` });
  }
  await page.keyboard.type(' The end');
  await page.goto(`${world.url}/agent`);
  await expect.poll(async () => (await draft())?.['body'], { timeout: 15_000 }).toMatch(/The end$/);
  await page.goto(at);
  expect(await text()).toMatch(/The end$/);
  await Promise.all([page.waitForEvent('load'), page.click('.composer button[value=reply]')]);
  await page.goto(at);
  expect([await text(), await draft()]).toEqual(['', undefined]);
  await page.context().close();
}, 120_000);

test('what one does daily has a key: properties, copying, links; a Greek keyboard has the same, and Escape and Enter lead out of a field', async () => {
  const number = await asked('By more keys');
  const page = await seat('agnes@stoa.test');
  await page.goto(`${world.url}/agent/tickets/${number}`);
  const focused = () => page.evaluate('document.activeElement.id');
  for (const [key, id] of [['p', 'priority'], ['w', 'assignee'], ['l', 'tags'], ['y', 'copy-email'], ['z', 'until']] as const) {
    await page.keyboard.press(key);
    expect([key, await focused()]).toEqual([key, id]);
    await page.keyboard.press('Escape');
  }
  const pressed = (key: string, code: string) => page.evaluate(([k, c]) => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: k!, code: c!, bubbles: true, cancelable: true })), [key, code]);
  await pressed('ρ', 'KeyR');
  expect(await focused()).toBe('body');
  await page.keyboard.press('Escape');
  // A letter of a Latin keyboard is the letter that it writes, wherever it is.
  await pressed('p', 'KeyR');
  expect(await focused()).toBe('priority');
  const saved = (key: string) => Promise.all([page.waitForURL(/saved=1/), page.waitForEvent('load'), page.keyboard.press(key)]);
  await page.selectOption('#priority', 'low');
  await saved('Enter');
  expect(await page.inputValue('#priority')).toBe('low');
  await page.goto(`${world.url}/agent/tickets/${number}`);
  await page.keyboard.press('l');
  await page.keyboard.type('keys');
  await saved('Control+Enter');
  expect(await page.inputValue('#tags')).toBe('keys');
  await page.keyboard.press('?');
  const [listed, named] = [await page.locator('dialog dt').allTextContents(), await page.locator('[aria-keyshortcuts]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-keyshortcuts')!))];
  expect(listed.filter((key) => /^[a-z]$/.test(key) && key !== 'j' && key !== 'k').sort()).toEqual([...new Set(named)].filter((key) => /^[a-z]$/.test(key)).sort());
  expect(await page.locator('dialog dd').allTextContents()).not.toContain('');
  await page.keyboard.press('Escape');
  await Promise.all([page.waitForURL(/\/merge$/), page.keyboard.press('f')]);
  await page.goBack();
  await Promise.all([page.waitForURL(/\/links$/), page.keyboard.press('b')]);
  await page.context().close();
}, 60_000);
