import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { statementLink } from '../../worker/moderation/link.ts';
import { openSite, signIn } from '../support/browser.ts';
import { SECRET } from '../support/stoa.ts';

const { world, browser } = await openSite();

const ask = world.rows;

/** Milliseconds that a busy machine may take for a page. */
const PATIENCE = 120_000;

/** Somebody in a browser of their own, without JavaScript. */
async function someone(email: string) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await signIn(page, world.url, email);
  return page;
}

const to = (page: Page, path: string) => page.goto(world.url + path);
const main = async (page: Page) => (await page.textContent('main'))!.replace(/\s+/g, ' ');

/** Opens a topic; its number. */
async function opens(page: Page, title: string, body: string): Promise<number> {
  await to(page, '/forum/new');
  await page.selectOption('#category', 'calendars');
  await page.fill('#title', title);
  await page.fill('#body', body);
  await page.click('main form:has(#body) button.button:not(.second)');
  if (new URL(page.url()).pathname === '/forum/new') await page.click('main form:has(#body) button.button:not(.second)');
  return Number(/topics\/(\d+)/.exec(page.url())![1]);
}

async function replies(page: Page, topic: number, body: string) {
  await to(page, `/forum/topics/${topic}`);
  await page.fill('#reply #body', body);
  await page.click('#reply button.button:not(.second)');
}

async function reports(page: Page, post: string, kind: string) {
  await to(page, `/moderation/flags/${post}`);
  await page.selectOption('#kind', kind);
  await page.click('main form button');
}

async function sanctions(page: Page, handle: string, action: 'warn' | 'silence' | 'suspend', days?: string) {
  await to(page, `/moderation/people/${handle}`);
  await page.click(`details:has(button[value=${action}]) summary`);
  await page.selectOption(`#${action}-code`, 'inappropriate');
  if (days) await page.selectOption(`#${action}-days`, days);
  await page.fill(`#${action}-words`, 'Be kind to each other.');
  await page.fill(`#${action}-note`, 'Seen by three of us.');
  await page.click(`button[value=${action}]`);
}

async function decides(page: Page, appeal: string, decision: 'uphold' | 'overturn') {
  await to(page, '/moderation');
  const form = page.locator(`article:has-text("${appeal}") form`);
  await form.locator('select').selectOption(decision);
  await form.locator('input[name=words]').fill('We looked at it again.');
  await form.locator('button').click();
}

async function appeals(page: Page, words: string) {
  await page.fill('#words', words);
  await page.click('main form:has(#words) button');
}

const postBy = async (topic: number, place: number) => String((await ask('select p.id from posts p join topics t on t.id = p.topic_id where t.number = ? and p.number = ?', [topic, place]))[0]!['id']);
const handleOf = async (email: string) => String((await ask('select handle from users where email = ?', [email]))[0]!['handle']);

test('a story of moderation, without JavaScript: report, decide, warn, silence, appeal, overturn, lock, slow, timers, split, merge, spammer, undo, log', async () => {
  await ask("update users set locale = 'en' where email = 'nikos@olive.test'");
  const [chris, nikos, mara, agnes, ada] = [await someone('chris@acme.test'), await someone('nikos@olive.test'), await someone('mara@stoa.test'), await someone('agnes@stoa.test'), await someone('ada@stoa.test')];
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const nikosHandle = await handleOf('nikos@olive.test');

  const topic = await opens(chris, 'Where is my calendar?', 'It was here yesterday.');
  await replies(nikos, topic, 'Nobody needs calendars, least of all you.');
  const post = await postBy(topic, 2);

  await reports(chris, post, 'inappropriate');
  expect(await main(chris)).toContain('You reported this');
  await reports(agnes, post, 'inappropriate');
  await reports(ada, post, 'inappropriate');
  await to(visitor, `/forum/topics/${topic}`);
  expect(await main(visitor)).not.toContain('least of all');
  await to(chris, `/forum/topics/${topic}`);
  expect(await main(chris)).not.toContain('least of all');
  await to(nikos, `/forum/topics/${topic}`);
  expect(await main(nikos)).toMatch(/least of all.*Change what they are about, and it is shown again. That goes once; you can do so in \d+ minutes\./);

  await to(mara, '/moderation');
  expect(await main(mara)).toContain('least of all');
  await mara.click(`article#${post} button[value=claim]`);
  expect(await main(mara)).toMatch(/Mara\S* ?\S* has it/);
  await mara.selectOption(`#decision-${post}`, 'agree');
  await mara.fill(`#words-${post}`, 'Not in this tone.');
  await mara.click(`article#${post} button[value=decide]`);
  await to(nikos, '/statements');
  expect(await main(nikos)).toContain('Your post is hidden');
  await nikos.click('main .rows a');
  expect(await main(nikos)).toContain('Not in this tone.');
  await appeals(nikos, 'It was a quotation of a film.');
  expect(await main(nikos)).toContain('Appeal waits');
  await to(mara, '/moderation');
  expect(await main(mara)).toContain('You decided this');
  await decides(agnes, 'quotation of a film', 'overturn');
  await to(visitor, `/forum/topics/${topic}`);
  expect(await main(visitor)).toContain('least of all');
  await nikos.reload();
  expect(await main(nikos)).toContain('We looked at it again.');

  await sanctions(mara, nikosHandle, 'warn');
  expect(await main(mara)).toContain('Warning: Rude or hurtful');
  await sanctions(mara, nikosHandle, 'silence', '7');
  await to(nikos, `/forum/topics/${topic}`);
  expect(await main(nikos)).toContain('You may read, but not write here for now.');
  await to(nikos, '/forum/new');
  await nikos.selectOption('#category', 'calendars');
  await nikos.fill('#title', 'Let me in');
  await nikos.fill('#body', 'Please.');
  await nikos.click('main form:has(#body) button.button:not(.second)');
  expect(await main(nikos)).toContain('Your list of decisions says why');
  await to(nikos, '/statements');
  await nikos.click('main .rows a:has-text("not write")');
  expect(await main(nikos)).toMatch(/Until/);
  await appeals(nikos, 'A week is much for a film.');
  await decides(agnes, 'A week is much', 'overturn');
  await replies(nikos, topic, 'Thank you for hearing me.');
  expect(await main(nikos)).toContain('Thank you for hearing me.');

  await sanctions(ada, nikosHandle, 'suspend', '30');
  await to(nikos, '/statements');
  expect(nikos.url()).toContain('/sign-in');
  await signIn(nikos, world.url, 'nikos@olive.test');
  expect(await main(nikos)).toMatch(/suspended until .*Be kind to each other/);
  await nikos.click('main a:has-text("See why")');
  expect(await main(nikos)).toContain('Your account is suspended');
  const [statement] = await ask("select id from statements_of_reasons where action = 'suspended'");
  expect(nikos.url()).toContain(statementLink(SECRET, String(statement!['id'])));
  await appeals(nikos, 'Let me back in.');
  expect(await main(nikos)).toContain('Appeal waits');
  await to(ada, `/moderation/people/${nikosHandle}`);
  await ada.click('button[value=lift]');
  await signIn(nikos, world.url, 'nikos@olive.test');
  await to(nikos, '/notifications');
  expect(await main(nikos)).toContain('Decision');

  const at = `/moderation/topics/${topic}`;
  await to(mara, at);
  await mara.fill('form:has(button[value=lock]) #words', 'It turns in circles.');
  await mara.click('button[value=lock]');
  await to(nikos, `/forum/topics/${topic}`);
  expect(await main(nikos)).toContain('Only moderators write in this topic.');
  await to(chris, '/statements');
  expect(await main(chris)).toContain('Your topic was locked');
  await to(mara, at);
  await mara.click('button[value=lock]');
  await mara.fill('#minutes', '30');
  await mara.click('button[value=slow]');
  await replies(nikos, topic, 'First.');
  await replies(nikos, topic, 'Second.');
  expect(await main(nikos)).toContain('This topic is slow');
  await to(mara, at);
  await mara.click('button:has-text("Freeze the votes")');
  await mara.click('button:has-text("Leave replies to the team")');
  await to(nikos, `/forum/topics/${topic}`);
  expect(await main(nikos)).toMatch(/Votes are frozen.*Only the team replies/);
  expect([await nikos.locator('#reply #body').count(), await nikos.locator('button[name=value]').count()]).toEqual([0, 0]);
  await to(mara, at);
  await mara.click('button:has-text("Let people vote again")');
  await mara.click('button:has-text("Let everybody reply again")');
  await to(mara, `/forum/posts/${post}/edit`);
  await mara.fill('#body', 'Nobody needs calendars.');
  await mara.click('main form:has(#body) button.button:not(.second)');
  await to(mara, `/forum/posts/${post}/history`);
  await mara.click('summary:has-text("Hide this version")');
  await mara.fill('#why-1', 'Hurtful words.');
  await mara.click('button[value=hide]');
  await to(visitor, `/forum/posts/${post}/history`);
  expect(await main(visitor)).toContain('Hurtful words.');
  expect(await main(visitor)).not.toContain('least of all');
  await mara.click('button:has-text("Show this version again")');
  await to(nikos, `/forum/posts/${post}/history`);
  await nikos.click('button:has-text("Go back to this version")');
  expect(await main(nikos)).toContain('least of all');
  await to(ada, '/admin/moderation/words');
  await ada.fill('#pattern', 'gizmo*');
  await ada.selectOption('#follows', 'replace');
  await ada.click('button[value=add]');
  expect(await main(ada)).toContain('Write what stands in its place.');
  await ada.fill('#replacement', 'gadget');
  await ada.click('button[value=add]');
  await to(ada, '/admin/moderation/words?text=My+gizmos+are+here.');
  expect(await main(ada)).toContain('My gadget are here.');
  await to(mara, at);
  await mara.selectOption('#kind', 'close');
  await mara.fill('#days', '3');
  await mara.click('button[value=timer]');
  await to(visitor, `/forum/topics/${topic}`);
  expect(await main(visitor)).toMatch(/Slow: one reply in 30 minutes each.*Is locked on .*if nobody writes for 3 days/);
  await to(mara, at);
  await mara.check('fieldset#posts input >> nth=0');
  await mara.fill('form:has(button[value=split]) #title', 'Films and calendars');
  await mara.click('button[value=split]');
  expect(await main(mara)).toContain('Films and calendars');
  const split = Number(/topics\/(\d+)/.exec(mara.url())![1]);
  await to(mara, `/moderation/topics/${split}`);
  await mara.fill('#into', String(topic));
  await mara.click('button[value=merge]');
  expect(mara.url()).toContain(`/topics/${topic}/`);

  await to(chris, `/people/${nikosHandle}`);
  await chris.click('button:has-text("Ignore")');
  await to(chris, `/forum/topics/${topic}`);
  expect(await chris.locator('details:has-text("whom you ignore")').count()).toBeGreaterThan(0);

  const spammer = await someone('petros@aegean.test');
  const petrosHandle = await handleOf('petros@aegean.test');
  const spam = await opens(spammer, 'Cheap watches', 'Buy at https://watches.example now.');
  await to(ada, `/moderation/people/${petrosHandle}/spammer`);
  expect(await main(ada)).toMatch(/petros@aegean\.test.*watches\.example/);
  await ada.click('main form button');
  expect((await visitor.goto(`${world.url}/forum/topics/${spam}`))!.status()).toBe(404);
  await to(spammer, '/tickets');
  expect(spammer.url()).toContain('/sign-in');
  await to(ada, `/moderation/people/${petrosHandle}`);
  await ada.click('button:has-text("Undo it")');
  await to(visitor, `/forum/topics/${spam}`);
  expect(await main(visitor)).toContain('watches.example');

  await to(visitor, '/');
  await visitor.click('footer a:has-text("Moderation log")');
  const log = await main(visitor);
  for (const line of ['Post hidden', 'Appeal: overturned', 'Person warned', 'Person silenced', 'Person suspended', 'Sanction lifted', 'Topic locked', 'Topic opened', 'Spammer deleted']) expect(log).toContain(line);
  expect(log).not.toMatch(/Nikos|Petros|watches|film/);
  expect(await visitor.locator('svg[aria-label="By month"] rect').count()).toBe(12);
  await to(visitor, '/el/moderation/log');
  expect(await main(visitor)).toContain('Αρχείο διαχείρισης');
}, 900_000);

test('with JavaScript a moderator walks, claims and decides by single keys', async () => {
  const [author, reporter] = [await someone('ben@harbour.test'), await someone('lea@bloom.test')];
  await opens(author, 'Keys for moderators', 'Something to look at.');
  await reports(reporter, (await ask("select p.id from posts p join topics t on t.id = p.topic_id where t.title = 'Keys for moderators'"))[0]!['id'] as string, 'off_topic');
  const mara = await (await browser.newContext()).newPage();
  await signIn(mara, world.url, 'mara@stoa.test');
  await to(mara, '/moderation');
  const entry = mara.locator('article.panel', { hasText: 'Keys for moderators' });
  for (let pressed = 0; pressed < 20 && !(await entry.locator('[data-stop]:focus').count()); pressed++) await mara.keyboard.press('j');
  await Promise.all([mara.waitForURL('**/moderation'), mara.keyboard.press('c')]);
  await entry.getByText('Mara Quinn').waitFor();
  await entry.locator('[data-stop]').focus();
  await mara.keyboard.press('d');
  expect(await entry.locator('select:focus').count()).toBe(1);
  await mara.keyboard.press('c');
  expect(await entry.locator('select:focus').count()).toBe(1);
}, PATIENCE);
