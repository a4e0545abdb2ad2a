import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openDatabase } from '../../worker/database/open.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { openSite, signIn } from '../support/browser.ts';
import { drawn } from '../support/edge.ts';
import { settingOf } from '../support/stoa.ts';

const { world, browser } = await openSite();

/** Milliseconds that a busy machine may take for a page, and those in which nobody fills a form in. */
const [PATIENCE, THINKING] = [120_000, 3_500];

async function someone() {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return page;
}

/** As if its forms had been open for a minute. */
const aMinuteLater = (page: Page) => page.locator('main [name=once]').evaluateAll((fields, key) => fields.forEach((field) => void field.setAttribute('value', key)), drawn());

const ask = world.rows;
const to = (page: Page, path: string) => page.goto(world.url + path);
const main = async (page: Page) => (await page.textContent('main'))!.replace(/\s+/g, ' ');
const publish = 'main form:has(#body) button.button:not(.second)';

/** Opens a letter to somebody as the admin finds it; where it leads to that has this in its address. */
async function linkOf(ada: Page, email: string, part: string): Promise<string> {
  await to(ada, '/admin/mail');
  await ada.click(`.row:has-text("${email}") >> nth=0 >> a`);
  await ada.waitForURL(/\/admin\/mail\/mal_/);
  const href = (await ada.getAttribute(`main a[href*="${part}"]`, 'href'))!;
  return href.replace(/^https?:\/\/[^/]+/, '');
}

/** Sends what happened by mail, a minute later. */
async function postman() {
  const db = openDatabase({ url: world.database.url, patience: 10_000 });
  await mailNews.work({ ...settingOf({ db, now: new Date(Date.now() + 60_000) }), url: world.url });
  db.$client.close();
}

async function until(page: Page, text: string) {
  await expect.poll(async () => {
    await page.reload();
    return main(page);
  }, { timeout: PATIENCE, interval: 500 }).toContain(text);
}

test('a story of a member, without JavaScript: sign up, look, search, ask, edit, follow, be answered, told, quote, vote, accept, stop mail, ignore, report, remove, undo, leave', async () => {
  const [rhea, ada, mara] = [await someone(), await someone(), await someone()];
  await signIn(ada, world.url, 'ada@stoa.test');
  await signIn(mara, world.url, 'mara@stoa.test');

  await to(rhea, '/sign-in');
  await rhea.click('main a[href="/sign-up"]');
  await rhea.fill('#name', 'Rhea');
  await rhea.fill('#email', 'rhea@far.test');
  await rhea.fill('#password', 'a sentence that nobody guesses');
  await aMinuteLater(rhea);
  await rhea.click('main form:has(#password) button');
  await to(rhea, await linkOf(ada, 'rhea@far.test', '/sign-up/verify'));
  await rhea.click('main form button');
  expect(await rhea.textContent('header')).toContain('Rhea');

  await rhea.click('header a[href="/forum"]');
  await rhea.click('main a[href="/forum/reminders"]');
  expect(await rhea.textContent('h1')).toContain('Reminders');
  await rhea.click('header a[href="/search"]');
  await rhea.fill('main #q', 'sms reminders late');
  await rhea.press('main #q', 'Enter');
  expect(await main(rhea)).toContain('SMS reminders arrive an hour late');

  await to(rhea, '/forum/new');
  await rhea.fill('#title', 'SMS reminders arriving one hour late');
  await rhea.selectOption('#category', 'reminders');
  await rhea.fill('#tags', 'sms, clocks');
  await rhea.fill('#body', 'Every morning, and only');
  await rhea.click('button[value=draft]');
  await to(rhea, '/forum');
  await to(rhea, '/forum/new');
  expect([await rhea.inputValue('#title'), await rhea.inputValue('#body'), await rhea.inputValue('#tags')]).toEqual(['SMS reminders arriving one hour late', 'Every morning, and only', 'sms, clocks']);
  await rhea.fill('#body', 'Every morning, and only since the **clocks** changed.');
  await rhea.click('button[name=preview]');
  expect(await rhea.innerHTML('#preview')).toContain('<strong>clocks</strong>');
  await rhea.waitForTimeout(THINKING);
  await rhea.click(publish);
  expect(await main(rhea)).toMatch(/Is one of these it\?.*SMS reminders arrive an hour late/);
  await aMinuteLater(rhea);
  await rhea.click(publish);
  expect(await rhea.textContent('h1')).toBe('SMS reminders arriving one hour late');
  const topic = new URL(rhea.url()).pathname;
  const number = Number(/topics\/(\d+)/.exec(topic)![1]);

  await ask(`update posts set created_at = created_at - 600000 where topic_id = (select id from topics where number = ${number})`);
  await rhea.reload();
  await rhea.click('article#post-1 a:has-text("Edit")');
  await rhea.fill('#body', 'Every morning, and only since the **hours** changed.');
  await aMinuteLater(rhea);
  await rhea.click(publish);
  await rhea.click('article#post-1 a:has-text("edited")');
  expect([await rhea.textContent('main del'), await rhea.textContent('main ins')].map((one) => one!.trim())).toEqual([expect.stringContaining('clocks'), expect.stringContaining('hours')]);

  await to(rhea, topic);
  await rhea.click('main .chip:has-text("clocks")');
  await rhea.selectOption('#level', 'watching');
  await rhea.click('.follow button');
  await to(rhea, '/forum/reminders');
  await rhea.selectOption('#level', 'tracking');
  await rhea.click('.follow button');
  await to(rhea, '/settings/notifications');
  expect(await main(rhea)).toMatch(/clocks.*Reminders|Reminders.*clocks/);

  await to(mara, topic);
  await mara.fill('#reply #body', 'Set the time zone of the clinic again.');
  await mara.click('#reply button.button:not(.second)');
  await to(rhea, '/notifications');
  await until(rhea, 'replied to');
  expect(await rhea.textContent('header')).toMatch(/1/);
  await postman();
  const stop = await linkOf(ada, 'rhea@far.test', '/unsubscribe');
  await rhea.click('main .row.new a.title');
  expect(await rhea.textContent('article#post-2')).toContain('Set the time zone');
  await to(rhea, '/notifications');
  await expect.poll(() => rhea.reload().then(() => rhea.locator('main .row.new').count()), { timeout: PATIENCE, interval: 500 }).toBe(0);

  await to(rhea, topic);
  await rhea.click('article#post-2 a:has-text("Quote")');
  expect(await rhea.inputValue('#reply #body')).toMatch(/^> .*Set the time zone of the clinic again\./m);
  await rhea.fill('#reply #body', `${await rhea.inputValue('#reply #body')}\n\nThat was it, thank you.`);
  await aMinuteLater(rhea);
  await rhea.click('#reply button.button:not(.second)');
  expect(await rhea.textContent('article#post-3 blockquote')).toContain('Set the time zone');
  expect(await rhea.textContent('article#post-2')).toContain('Quoted in');
  await rhea.click('article#post-2 button[value=up]');
  expect(await rhea.getAttribute('article#post-2 button[value=none]', 'aria-pressed')).toBe('true');
  await rhea.click('article#post-2 button:has-text("This solved it")');
  expect(await rhea.textContent('article#post-2')).toContain('Accepted answer');
  expect(await rhea.locator('#answer').count(), 'it stands right below the question').toBe(0);

  const outside = await someone();
  await to(outside, stop);
  await outside.click('main form button');
  expect(await main(outside)).toMatch(/You get no more mail|no more/i);
  await to(rhea, '/settings/notifications');
  expect(await rhea.inputValue('#level')).toBe('none');

  const nikos = await someone();
  await signIn(nikos, world.url, 'nikos@olive.test');
  await to(nikos, topic);
  await nikos.fill('#reply #body', 'Buy my watches instead.');
  await nikos.click('#reply button.button:not(.second)');
  await to(rhea, topic);
  await rhea.click('article#post-4 a:has-text("Report")');
  await rhea.selectOption('#kind', 'spam');
  await rhea.click('main form button');
  expect(await main(rhea)).toContain('You reported this');
  await to(rhea, topic);
  await rhea.click('article#post-4 header a.who');
  await rhea.click('button:has-text("Ignore")');
  await to(rhea, topic);
  expect(await rhea.locator('details:has-text("whom you ignore")').count()).toBe(1);
  await to(rhea, '/settings/ignored');
  await rhea.click('main .row button');
  await to(rhea, topic);
  expect(await rhea.locator('details:has-text("whom you ignore")').count()).toBe(0);

  await rhea.click('article#post-3 a:has-text("Edit")');
  await rhea.click('button:has-text("Remove"), form:has(input[value=remove]) button');
  expect(await rhea.textContent('article#post-3')).toContain('Removed by its author.');
  await to(outside, topic);
  expect(await main(outside)).not.toContain('That was it');
  await rhea.click('article#post-3 button:has-text("Bring it back")');
  await outside.reload();
  expect(await main(outside)).toContain('That was it, thank you.');

  await ask(`update posts set created_at = created_at - 259200000 where topic_id = (select id from topics where number = ${number})`);
  await rhea.click('article#post-3 a:has-text("Edit")');
  expect([await main(rhea), await rhea.locator('#body').count()]).toEqual([expect.stringContaining('You wrote this too long ago'), 0]);

  await rhea.click('header summary');
  await rhea.click('header a[href^="/people/"]');
  expect(await main(rhea)).toMatch(/Rhea.*SMS reminders arriving one hour late/);
  await rhea.click('header summary');
  await rhea.click('header form[action="/sign-out"] button');
  await to(rhea, '/notifications');
  expect(rhea.url()).toContain('/sign-in');
  await signIn(rhea, world.url, 'rhea@far.test', 'a sentence that nobody guesses');
  expect(await rhea.textContent('header')).toContain('Rhea');
}, 900_000);
