import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';
import { noted, pictures } from '../attachments/support.ts';

const { world, browser } = await openSite();

/** A page of somebody who is signed in, and what it complained of: a script that the policy refused, an error. */
async function seat(email: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && !/status of 4\d\d/.test(line.text()) && complaints.push(line.text()));
  await signIn(page, world.url, email);
  await page.waitForLoadState();
  return { page, complaints };
}

const typed = (page: Page) => page.inputValue('#body');
const select = (page: Page, from: number, to: number) => page.evaluate(([a, b]) => (document.querySelector('#body') as HTMLTextAreaElement).setSelectionRange(a!, b!), [from, to]);

/** Pastes or drops a file into the text field. */
const bring = (page: Page, how: 'paste' | 'drop', name: string, bytes: Uint8Array) =>
  page.evaluate(
    ([kind, called, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(content as number[])], called as string));
      const field = document.querySelector('#body')!;
      field.dispatchEvent(kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [how, name, [...bytes]],
  );

test('buttons and keys type Markdown, by mouse and by keyboard, and can be undone', async () => {
  const { page, complaints } = await seat('chris@acme.test');
  await page.goto(`${world.url}/forum/new`);
  await page.fill('#body', 'two words');
  await select(page, 0, 3);
  await page.keyboard.press('Control+b');
  expect(await typed(page)).toBe('**two** words');
  await page.keyboard.press('Control+b');
  expect(await typed(page)).toBe('two words');
  await page.keyboard.press('Control+i');
  await page.keyboard.press('Control+z');
  expect(await typed(page)).toBe('two words');
  await select(page, 4, 9);
  await page.keyboard.press('Control+k');
  expect(await typed(page)).toBe('two [words](https://)');
  await page.keyboard.press('End');
  for (const [name, text] of [['Quote', '> two [words](https://)'], ['Quote', 'two [words](https://)'], ['List', '- two [words](https://)']] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    expect(await typed(page)).toBe(text);
  }
  const bar = page.getByRole('toolbar', { name: 'Formatting' });
  await bar.getByRole('button', { name: 'Bold' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('List');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('after an @ those who wrote in the topic are offered, chosen by keyboard; to who may not see it nobody is', async () => {
  const { page, complaints } = await seat('chris@acme.test');
  await page.goto(`${world.url}/forum/topics/3`);
  await page.locator('#body').pressSequentially('Thanks @ag');
  const option = page.getByRole('option', { name: /Agnes Holm/ });
  await option.waitFor();
  expect(await page.getAttribute('#body', 'aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('Enter');
  expect(await typed(page)).toMatch(/^Thanks @agnes-holm-\w+ $/);
  await page.locator('#body').pressSequentially('and me@ag.example');
  await page.waitForTimeout(400);
  expect(await page.locator('.people-list [role=option]').count()).toBe(0);
  const ask = (path: string) => page.evaluate(async (at) => ((await (await fetch(at)).json()) as { items: unknown[] }).items.length, path);
  expect(await ask('/mentions?topic=3&q=')).toBeGreaterThan(1);
  expect(await ask('/mentions?q=')).toBe(0);
  expect(await ask('/mentions?topic=999999&q=')).toBe(0);
  expect((await fetch(`${world.url}/mentions?topic=3&q=`)).status).toBe(401);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a picture that is pasted is sent at once, named where the caret is, and shown upright in the reply; what fails leaves the text as it was', async () => {
  const { page, complaints } = await seat('chris@acme.test');
  await page.goto(`${world.url}/forum/topics/3`);
  await page.locator('#body').pressSequentially('See ');
  await bring(page, 'paste', 'shot [1].jpg', noted(6).jpeg);
  await page.getByText('is attached.').waitFor();
  expect(await typed(page)).toMatch(/^See !\[shot {2}1 \.jpg\]\(\/files\/att_\w+\/shot%20%5B1%5D\.jpg\)$/);
  await bring(page, 'drop', 'setup.exe', Buffer.from('MZ\x90'));
  await page.getByText('Programs cannot be attached.').waitFor();
  expect(await typed(page)).toMatch(/^See !\[[^\n]*jpg\)$/);
  await bring(page, 'drop', 'log.txt', Buffer.from('words'));
  await page.getByText('log.txt is attached.').waitFor();
  expect(await typed(page)).toMatch(/\[log\.txt\]\(\/files\/att_\w+\/log\.txt\)$/);
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Send reply' }).click()]);
  const shown = page.locator('article.said:last-of-type .prose img').last();
  await shown.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  expect(await shown.evaluate((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight])).toEqual([8, 12]);
  expect(await page.locator('.files figure').count()).toBe(0);
  expect(await page.locator('.files li').count()).toBe(1);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('every kind of picture that was cleaned is drawn by the browser, as large as its page says', async () => {
  const { page } = await seat('agnes@stoa.test');
  await page.goto(`${world.url}/forum/topics/4`);
  await page.fill('#body', 'All of them.');
  const files = Object.entries(noted(6)).map(([kind, buffer]) => ({ name: `noted.${kind}`, mimeType: 'x/y', buffer }));
  await page.setInputFiles('#attachments', [...files, ...Object.entries(pictures).map(([kind, buffer]) => ({ name: `plain.${kind}`, mimeType: 'x/y', buffer }))]);
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Send reply' }).click()]);
  await page.locator('.files').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.images].length === 8 && [...document.images].every((image) => image.complete && image.naturalWidth > 0));
  const sizes = await page.evaluate(() => [...document.images].map((image) => [image.alt, image.naturalWidth === Number(image.getAttribute('width')) && image.naturalHeight === Number(image.getAttribute('height'))]));
  expect(sizes.filter(([, fits]) => !fits)).toEqual([]);
  await page.context().close();
});

test('a visitor gets no script; who is signed in gets small ones', async () => {
  expect((await world.visit('/tickets/new')).html).not.toMatch(/<script(?! type="application\/ld)/);
  const { html } = await world.visit('/forum/new', { cookie: await world.signedIn('chris@acme.test') });
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src]) => src!);
  expect(scripts.length).toBeGreaterThan(0);
  for (const src of scripts) {
    const whole = gzipSync((await world.visit(src)).html).length;
    expect(whole, `${src}: bytes, compressed`).toBeLessThan(4_000);
  }
});
