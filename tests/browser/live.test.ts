import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

const TOPIC = '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed';

async function signedIn(email: string): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await signIn(page, world.url, email);
  return { context, page, troubles };
}

async function replies(page: Page, body: string, topic = TOPIC) {
  await page.goto(world.url + topic);
  await page.fill('#reply textarea[name=body]', body);
  await page.click('#reply button.button:not([name=preview]):not([value=draft])');
  await page.waitForURL(/#post-\d+$/);
}

test('while one reads and writes, another replies: the first is told politely, nothing moves, and the link leads to the reply', async () => {
  const [reader, writer] = [await signedIn('chris@acme.test'), await signedIn('dora@acme.test')];
  const opens = reader.page.waitForEvent('websocket');
  await reader.page.goto(world.url + TOPIC);
  await opens;
  await reader.page.fill('#reply textarea[name=body]', 'Half a sentence');
  const before = await reader.page.evaluate(() => [scrollY, document.activeElement?.getAttribute('name'), document.documentElement.scrollHeight]);

  const notice = reader.page.locator('stoa-live [aria-live=polite]');
  expect(await notice.textContent()).toBe('');
  await replies(writer.page, 'A reply while you read.');
  await expect.poll(() => notice.textContent(), { timeout: 10_000 }).toBe('1 new reply — show');
  await replies(writer.page, 'And one more.');
  await expect.poll(() => notice.textContent(), { timeout: 10_000 }).toBe('2 new replies — show');
  expect(await reader.page.evaluate(() => [scrollY, document.activeElement?.getAttribute('name'), document.documentElement.scrollHeight])).toEqual(before);
  expect(await reader.page.inputValue('#reply textarea[name=body]')).toBe('Half a sentence');
  expect(await reader.page.content()).not.toContain('A reply while you read.');

  await notice.locator('a').click();
  await reader.page.waitForURL(/#post-6$/);
  expect(await reader.page.textContent('#post-6')).toContain('A reply while you read.');
  expect(reader.troubles).toEqual([]);
  await Promise.all([reader, writer].map(({ context }) => context.close()));
});

test('the line comes back after the network was gone, and tells what was missed', async () => {
  const topic = '/forum/topics/2/sms-reminders-arrive-an-hour-late';
  const [reader, writer] = [await signedIn('hugh@lumen.test'), await signedIn('dora@acme.test')];
  await reader.page.goto(world.url + topic);
  await reader.context.setOffline(true);
  await reader.page.evaluate(() => dispatchEvent(new Event('online')));
  await replies(writer.page, 'Missed by a reader.', topic);
  await reader.context.setOffline(false);
  await expect.poll(() => reader.page.locator('stoa-live').textContent(), { timeout: 20_000 }).toBe('1 new reply — show');
  await Promise.all([reader, writer].map(({ context }) => context.close()));
});

test('visitors get no script and no line; in Greek it is said in Greek', async () => {
  const visitor = await browser.newPage();
  await visitor.goto(world.url + TOPIC);
  expect([await visitor.locator('stoa-live').count(), await visitor.locator('script[src]').count()]).toEqual([0, 0]);
  await visitor.close();
  const [reader, writer] = [await signedIn('maria@olive.test'), await signedIn('dora@acme.test')];
  await reader.page.goto(`${world.url}/el${TOPIC}`);
  await replies(writer.page, 'A reply for Maria.');
  await expect.poll(() => reader.page.locator('stoa-live').textContent(), { timeout: 10_000 }).toBe('1 νέα απάντηση — δείτε την');
  await Promise.all([reader, writer].map(({ context }) => context.close()));
});

test('after signing in, and after signing out, going back never shows the page as it was', async () => {
  const { context, page } = await signedIn('chris@acme.test');
  await context.clearCookies();
  await page.goto(`${world.url}/forum`);
  expect(await page.locator('[data-sign-in]').count()).toBe(1);
  await page.click('[data-sign-in]');
  await page.fill('#email', 'chris@acme.test');
  await page.fill('#password', 'stoa-demo-password');
  await page.click('main form:has(#password) button');
  await page.waitForURL(/\/forum$/);
  expect(await page.locator('[data-sign-in]').count()).toBe(0);
  for (let back = 0; back < 3; back++) {
    await page.goBack({ waitUntil: 'load' });
    if (new URL(page.url()).pathname === '/forum') expect(await page.locator('[data-sign-in]').count()).toBe(0);
  }
  await page.goto(`${world.url}/forum`);
  await page.click('details.menu summary');
  await page.click('form[action="/sign-out"] button');
  await page.waitForLoadState();
  await page.goBack({ waitUntil: 'load' });
  expect(await page.locator('form[action="/sign-out"]').count()).toBe(0);
  await context.close();
});

test('while an agent writes in a ticket its customer writes too: it is told politely, focus and text stay, and the link leads to the words', async () => {
  const [customer, agent] = [await signedIn('chris@acme.test'), await signedIn('agnes@stoa.test')];
  await customer.page.goto(`${world.url}/tickets/new`);
  await customer.page.fill('[name=subject]', 'Told while it is written');
  await customer.page.fill('[name=body]', 'Words.');
  await customer.page.click('main form:has([name=subject]) button.button:not(.second)');
  if (await customer.page.isVisible('#suggested')) await customer.page.click('main form:has([name=subject]) button.button:not(.second)');
  await customer.page.waitForURL(/\/tickets\/\d+/);
  const number = /tickets\/(\d+)/.exec(customer.page.url())![1]!;

  const opens = agent.page.waitForEvent('websocket');
  await agent.page.goto(`${world.url}/agent/tickets/${number}`);
  await opens;
  await agent.page.fill('#body', 'Half an answer');
  await customer.page.fill('[name=body]', 'One thing more.');
  await customer.page.click('button[value=reply]');
  const notice = agent.page.locator('stoa-live [aria-live=polite]');
  await expect.poll(() => notice.textContent(), { timeout: 10_000 }).toBe('1 new message — show');
  expect(await agent.page.evaluate(() => document.activeElement?.id)).toBe('body');
  expect(await agent.page.inputValue('#body')).toBe('Half an answer');
  expect(await agent.page.content()).not.toContain('One thing more.');
  await notice.locator('a').click();
  await agent.page.waitForURL(/after=1#msg_\w+$/);
  expect(await agent.page.locator(':target').textContent()).toContain('One thing more.');
  expect([...customer.troubles, ...agent.troubles]).toEqual([]);
  await Promise.all([customer, agent].map(({ context }) => context.close()));
});

test('two agents in one ticket: each is told, once and politely, that the other writes, and what, until they stop; a new subject is told too', async () => {
  const [agnes, arno] = [await signedIn('agnes@stoa.test'), await signedIn('arno@stoa.test')];
  await arno.page.goto(`${world.url}/agent`);
  const [{ number }] = (await world.rows("select number from tickets where kind = 'customer' and status = 'open' and merged_into is null limit 1")) as unknown as [{ number: number }];
  for (const { page } of [agnes, arno]) {
    const opens = page.waitForEvent('websocket');
    await page.goto(`${world.url}/agent/tickets/${number}`);
    await opens;
  }
  const told = agnes.page.locator('[data-writing]');
  await agnes.page.fill('#body', 'Half an answer');
  await agnes.page.evaluate(() => {
    const place = document.querySelector('[data-writing]')!;
    new MutationObserver(() => place.textContent && place.setAttribute('data-times', String(Number(place.getAttribute('data-times')) + 1))).observe(place, { childList: true });
  });
  await expect.poll(() => agnes.page.locator('[data-here]').textContent(), { timeout: 10_000 }).toBe('Here too: Arno Vidal');
  await expect.poll(() => arno.page.locator('[data-writing]').textContent(), { timeout: 10_000 }).toBe('Agnes Holm is writing a reply');
  await agnes.page.locator('#composer').getByText('Draft kept').waitFor();
  const height = () => agnes.page.evaluate(() => [document.documentElement.scrollHeight, document.activeElement?.id]);
  const before = await height();
  await arno.page.locator('#body').pressSequentially('Slowly, one letter after the other', { delay: 60 });
  await expect.poll(() => told.textContent(), { timeout: 10_000 }).toBe('Arno Vidal is writing a reply');
  expect(await height()).toEqual(before);
  await expect.poll(() => told.textContent(), { timeout: 15_000 }).toBe('');
  await arno.page.check('[name=visibility][value=internal]');
  await arno.page.locator('#body').pressSequentially(' and on');
  await expect.poll(() => told.textContent(), { timeout: 10_000 }).toBe('Arno Vidal is writing a note');
  expect([await told.getAttribute('data-times'), await told.getAttribute('role')]).toEqual(['2', 'status']);

  await arno.page.click('header summary');
  await arno.page.fill('header [name=subject]', 'Renamed by Arno');
  await arno.page.click('header form button[value=change]');
  await arno.page.waitForLoadState();
  const notice = agnes.page.locator('stoa-live [aria-live=polite]');
  await expect.poll(() => notice.textContent(), { timeout: 10_000 }).toBe('Changed: subject, now “Renamed by Arno” — show');
  await notice.locator('a').click();
  await expect.poll(() => agnes.page.locator('h1').textContent()).toContain('Renamed by Arno');
  expect([...agnes.troubles, ...arno.troubles]).toEqual([]);
  await Promise.all([agnes, arno].map(({ context }) => context.close()));
});

/** Where the words of the bar are, and where what is typed into: their edges, of the window’s height. */
const edges = (page: Page) =>
  page.evaluate(() => {
    const [bar, field] = ['stoa-live p', 'textarea[name=body]'].map((one) => document.querySelector(one)!.getBoundingClientRect()) as [DOMRect, DOMRect];
    return { bar: { top: bar.top, bottom: bar.bottom }, field: { top: field.top, bottom: field.bottom }, height: innerHeight };
  });

test('half a reply of a customer outlives a look at what is new and a way elsewhere, until it is sent or they sign out; the bar covers nothing of it', async () => {
  const customer = await signedIn('chris@acme.test');
  const { page } = customer;
  const agnes = await world.signedIn('agnes@stoa.test');
  const opened = await world.visit('/tickets/new', { cookie: await world.signedIn('chris@acme.test'), form: { subject: 'Half a reply', body: 'Words.', anyway: '1', once: crypto.randomUUID() } });
  const at = opened.headers.get('location')!;
  const answers = (body: string) => world.visit(`/agent${at}`, { cookie: agnes, form: { action: 'reply', body, visibility: 'public', once: crypto.randomUUID() } });
  const [text, notice, typed] = [() => page.inputValue('[name=body]'), page.locator('stoa-live [aria-live=polite] a'), () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('stoa-typed')).length)];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const opens = page.waitForEvent('websocket');
    await page.goto(world.url + at);
    await opens;
    await page.fill('[name=body]', `Half a sentence at ${width}`);
    expect((await answers(`While you write at ${width}.`)).status).toBe(303);
    await notice.waitFor();
    for (const where of ['start', 'center', 'end'] as const) {
      await page.locator('textarea[name=body]').evaluate((field, block) => field.scrollIntoView({ block }), where);
      const { bar, field, height } = await edges(page);
      expect({ where, isSeen: bar.top >= 0 && bar.bottom <= height, isApart: bar.bottom <= field.top || bar.top >= field.bottom }).toEqual({ where, isSeen: true, isApart: true });
    }
    await Promise.all([page.waitForURL(/#msg_/), page.waitForEvent('load'), notice.click()]);
    expect([await page.textContent('main'), await text(), await page.textContent('stoa-typed')]).toEqual([expect.stringContaining(`While you write at ${width}.`), `Half a sentence at ${width}`, 'What you had not sent yet is here again.']);
  }
  await page.goto(`${world.url}/tickets`);
  await page.goto(`${world.url}/el${at}`);
  expect(await text()).toBe('Half a sentence at 1280');
  const second = await customer.context.newPage();
  await second.goto(world.url + at);
  expect(await second.inputValue('[name=body]')).toBe('Half a sentence at 1280');
  await second.close();

  await Promise.all([page.waitForURL(/#msg_/), page.waitForEvent('load'), page.click('button[value=reply]')]);
  expect([await text(), await typed()]).toEqual(['', 0]);
  await page.goto(world.url + at);
  expect(await text()).toBe('');

  // A form that never arrived is not taken for sent.
  await page.fill('[name=body]', 'Sent into the void');
  await page.route('**/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await page.click('button[value=reply]');
  await page.unroute('**/*');
  await page.goto(world.url + at);
  expect([await text(), await typed()]).toEqual(['Sent into the void', 1]);
  await page.goto(`${world.url}/kb`);
  await page.click('details.menu summary');
  await Promise.all([page.waitForEvent('load'), page.click('form[action="/sign-out"] button')]);
  expect(await typed()).toBe(0);
  await customer.context.close();
}, 60_000);

test('half a reply in the community outlives a quote and a look at what is new, and is gone when it was sent', async () => {
  const { context, page, troubles } = await signedIn('hugh@lumen.test');
  const topic = '/forum/topics/3';
  await page.goto(world.url + topic);
  await page.fill('#reply [name=body]', 'Half a thought');
  await Promise.all([page.waitForURL(/quote=1/), page.locator('a[href*="quote=1"]').first().click()]);
  expect(await page.inputValue('#reply [name=body]')).toMatch(/^Half a thought\n\n> /);
  await replies(page, 'Half a thought, and the rest', topic);
  expect(await page.inputValue('#reply [name=body]')).toBe('');
  expect(troubles).toEqual([]);
  await context.close();
});
