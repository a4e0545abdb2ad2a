import { describe, expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();
const ada = await browser.newPage();
await signIn(ada, world.url, 'ada@stoa.test');

/** The newest letter to an address, as the admin reads it: its first link and its code. */
async function read(address: string) {
  await ada.goto(`${world.url}/admin/mail`);
  await ada.click(`.row:has-text("${address}") >> nth=0 >> a`);
  await ada.waitForURL(/\/admin\/mail\/mal_/);
  return { link: await ada.getAttribute('.typed a', 'href'), code: /^\d{6}$/m.exec((await ada.textContent('.typed'))!)?.[0] };
}

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  const email = `rhea-${javaScriptEnabled}@far.test`;

  test('a newcomer signs up in Greek, presses the link of the letter, and is in; forgets the password and finds back', async () => {
    const page = await browser.newPage({ javaScriptEnabled });
    await page.goto(`${world.url}/el/sign-in`);
    await page.click('main a[href="/el/sign-up"]');
    await page.fill('#name', 'Ρέα');
    await page.fill('#email', email);
    await page.fill('#password', 'μια μεγάλη φράση');
    await page.click('main form button');
    expect(await page.textContent('h1')).toBe('Δείτε τα εισερχόμενά σας');
    await page.goto((await read(email)).link!);
    await page.click('main form button');
    await page.waitForURL(`${world.url}/el`);
    expect(await page.textContent('header')).toContain('Ρέα');

    await page.goto(`${world.url}/el/sign-in/forgot`);
    await page.fill('#email', email);
    await page.click('main form button');
    const other = await browser.newPage({ javaScriptEnabled });
    await other.goto((await read(email)).link!);
    await other.fill('#password', 'μια άλλη φράση');
    await other.click('main form button');
    await other.waitForURL(`${world.url}/el`);
    await page.goto(`${world.url}/el/tickets`);
    expect(page.url()).toContain('/el/sign-in');
    await Promise.all([page, other].map((one) => one.close()));
  });

  test('who has no password at hand signs in by six digits, and goes on where they wanted', async () => {
    const address = javaScriptEnabled ? 'nikos@olive.test' : 'maria@olive.test';
    const page = await browser.newPage({ javaScriptEnabled });
    await page.goto(`${world.url}/tickets`);
    await page.click('main a[href*="/sign-in/code"]');
    await page.fill('#email', address);
    await page.click('main form button');
    const { code } = await read(address);
    await page.fill('#code', code!);
    await page.click('main form button');
    await page.waitForURL(`${world.url}/tickets`);
    await page.close();
  });
});

test('the HTML of a letter is drawn, with its colours, and runs nothing', async () => {
  await ada.goto(`${world.url}/admin/mail`);
  await ada.click('.row a >> nth=0');
  await ada.click('a[href$="/html"]');
  await ada.waitForURL(/\/html$/);
  expect(await ada.evaluate(() => getComputedStyle(document.querySelector('a')!).backgroundColor)).toBe('rgb(11, 92, 158)');
  expect(await ada.evaluate(() => window.origin)).toBe('null');
});
