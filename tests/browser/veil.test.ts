import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pictures } from '../attachments/support.ts';
import { openSite, signIn } from '../support/browser.ts';

const { world, browser } = await openSite();

const TOPIC = '/forum/topics/3';

/** Somebody in a browser of their own, without JavaScript. */
async function someone(email?: string): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  if (email) await signIn(page, world.url, email);
  return page;
}

/** How the pictures of a post are drawn. */
const filterOf = (page: Page, post: string) => page.locator(`#${post} .beside img`).evaluate((picture) => getComputedStyle(picture).filter);

test('the pictures of a post that was reported are blurred until moderators decide; one click shows them, without JavaScript', async () => {
  const [chris, nikos, agnes, visitor] = [await someone('chris@acme.test'), await someone('nikos@olive.test'), await someone('agnes@stoa.test'), await someone()];
  await chris.goto(world.url + TOPIC);
  await chris.fill('#reply #body', 'See this picture.');
  await chris.setInputFiles('#reply input[type=file]', { name: 'lamp.png', mimeType: 'image/png', buffer: pictures.png });
  await chris.click('#reply button.button:not(.second)');
  const place = new URL(chris.url()).hash.slice(1);
  const [row] = await world.rows('select p.id from posts p join topics t on t.id = p.topic_id where t.number = 3 and p.number = ?', [Number(place.replace('post-', ''))]);
  const post = String(row!['id']);
  const seen = async () => {
    await visitor.goto(world.url + TOPIC);
    return [await visitor.locator(`#${place} .veil`).count(), await filterOf(visitor, place)];
  };
  expect(await seen()).toEqual([0, 'none']);

  await nikos.goto(`${world.url}/moderation/flags/${post}`);
  await nikos.selectOption('#kind', 'inappropriate');
  await nikos.click('main form button');
  expect(await seen()).toEqual([1, 'blur(24px)']);
  await visitor.click(`#${place} .veil summary`);
  expect(await filterOf(visitor, place)).toBe('none');

  await agnes.goto(`${world.url}/moderation`);
  await agnes.click(`article#${post} button[value=claim]`);
  await agnes.selectOption(`#decision-${post}`, 'disagree');
  await agnes.fill(`#words-${post}`, 'A lamp is a lamp.');
  await agnes.click(`article#${post} button[value=decide]`);
  expect(await seen()).toEqual([0, 'none']);
});
