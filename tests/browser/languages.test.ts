import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

test('whoever reads Greek types an address and reads Greek, changes the language there, and stays with it when they reload', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, world.url, 'nikos@olive.test');
  await page.goto(`${world.url}/forum?view=hot`);
  expect([new URL(page.url()).pathname, await page.getAttribute('html', 'lang')]).toEqual(['/el/forum', 'el']);
  await page.click('a[hreflang=en]');
  await page.waitForURL(`${world.url}/forum?view=hot`);
  await page.reload();
  expect([page.url(), await page.getAttribute('html', 'lang')]).toEqual([`${world.url}/forum?view=hot`, 'en']);
  await context.close();
});
