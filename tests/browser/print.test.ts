import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

/** What an A4 sheet with usual margins is wide, in CSS pixels. */
const SHEET = { width: 718, height: 1000 };

async function printed(path: string, email?: string) {
  const page = await (await browser.newContext({ viewport: SHEET })).newPage();
  if (email) {
    await signIn(page, world.url, email);
    await page.waitForURL(/\/(agent|forum|tickets|admin|csm|$)/);
  }
  await page.emulateMedia({ media: 'print' });
  await page.goto(world.url + path);
  return { page, text: await page.evaluate<string>("document.querySelector('main').innerText") };
}

test('the book of business prints whole: nothing is cut at the edge of the sheet', async () => {
  const { page, text } = await printed('/csm', 'cleo@stoa.test');
  expect(text).toMatch(/Last word\s+CSM/);
  expect(await page.evaluate("Math.max(...[...document.querySelectorAll('main table *')].map((one) => one.getBoundingClientRect().right))")).toBeLessThanOrEqual(SHEET.width);
  expect(await page.evaluate("getComputedStyle(document.querySelector('main table').parentElement).overflowX")).toBe('visible');
});

test('a sheet holds what was said, none of the tools to say more', async () => {
  const agents = await printed('/agent/tickets/1', 'agnes@stoa.test');
  expect(agents.text).toContain('This is the third clock change with double bookings.');
  for (const tool of [/Keyboard/, /Macro/, /Fill in/, /Properties/, /Details/, /Change the subject/, /Copied/, /Snooze/i, /Back to the queue/]) expect([tool, tool.test(agents.text)]).toEqual([tool, false]);
  const customers = await printed('/tickets/2', 'chris@acme.test');
  expect(customers.text).toContain('Our auditor wants every booking of the year');
  expect(customers.text).not.toMatch(/Copied|Copy somebody|Send reply/);
  const topic = await printed('/forum/topics/7/bringing-4-000-customers-over-from-a-spreadsheet');
  expect(topic.text).toContain('try it with ten rows first');
  expect(topic.text).not.toMatch(/Your reply|Sign in to reply/);
});

test('on a phone no column of a report is cut off, in Greek either', async () => {
  await world.rows("update users set locale = 'el' where email = 'arno@stoa.test'");
  const page = await (await browser.newContext({ viewport: { width: 390, height: 900 } })).newPage();
  await signIn(page, world.url, 'arno@stoa.test');
  await page.waitForURL(/\/(agent|forum|tickets|admin|csm|$)/);
  for (const path of ['/agent/ratings', '/csm']) {
    await page.goto(world.url + path);
    expect([path, await page.evaluate("[...document.querySelectorAll('main .scroll')].every((one) => one.scrollWidth <= one.clientWidth)")]).toEqual([path, true]);
    expect(await page.locator('main table td[data-label]').count()).toBeGreaterThan(3);
  }
});
