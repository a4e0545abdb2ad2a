import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openSite, signIn } from '../support/browser.ts';
import { madePages } from './made.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { world, browser } = await openSite();
const made = await madePages(world);

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a customer searches, reads, asks; an agent answers; the customer sees it; a CSM reads what was said', async () => {
    const title = `How do I move a booking? ${javaScriptEnabled}`;
    const customer = await browser.newPage({ javaScriptEnabled });
    await customer.goto(world.url);
    await customer.fill('#q', 'find an answer');
    await customer.press('#q', 'Enter');
    await customer.click('main .title >> nth=0');
    expect(await customer.textContent('h1')).toBe('Find an answer');
    await signIn(customer, world.url, 'chris@acme.test');
    await customer.goto(`${world.url}/forum/new`);
    await customer.fill('#title', title);
    await customer.fill('#body', 'From **Monday** to Tuesday.');
    await customer.click('button[name=preview]');
    expect(await customer.innerHTML('#preview')).toContain('<strong>Monday</strong>');
    await customer.selectOption('#category', 'calendars');
    await customer.click('main form button.button:not([name=preview])');
    if (await customer.isVisible('#similar')) await customer.click('main form button.button:not([name=preview])');
    expect(await customer.textContent('h1')).toBe(title);
    await customer.goto(`${world.url}/tickets/new`);
    await customer.fill('#subject', `Cannot move it ${javaScriptEnabled}`);
    await customer.fill('#body', 'The button is grey.');
    await customer.click('main form button.button');
    await customer.waitForURL(/\/tickets\/\d+/);
    const ticket = new URL(customer.url()).pathname;

    const agent = await browser.newPage({ javaScriptEnabled });
    await signIn(agent, world.url, 'agnes@stoa.test');
    expect(new URL(agent.url()).pathname).toBe('/agent');
    await agent.goto(`${world.url}/agent${ticket}`);
    await agent.fill('textarea[name=body]', 'Hold it for a second, then move.');
    await agent.click('form:has(textarea[name=body]) button[value=reply]');
    await customer.goto(world.url + ticket);
    expect(await customer.textContent('main')).toContain('Hold it for a second');

    const csm = await browser.newPage({ javaScriptEnabled });
    await signIn(csm, world.url, 'cleo@stoa.test');
    await csm.click('text=Acme Clinics');
    expect(await csm.textContent('main')).toContain(title);
    expect(await csm.textContent('main')).toContain('The button is grey.');
    await Promise.all([customer, agent, csm].map((page) => page.close()));
  });

  test('a guest opens a ticket in Greek and keeps a link to it', async () => {
    const guest = await browser.newPage({ javaScriptEnabled });
    await guest.goto(`${world.url}/el/tickets/new`);
    await guest.fill('#subject', 'Δεν βρίσκω το τιμολόγιο');
    await guest.fill('#body', 'Πού είναι;');
    await guest.fill('#email', 'xenos@example.org');
    await guest.click('main form button');
    await guest.waitForURL(/\/el\/tickets\/\d+\?key=/);
    expect(await guest.textContent('h1')).toContain('Δεν βρίσκω το τιμολόγιο');
    const other = await browser.newPage();
    await other.goto(guest.url().replace(/\?.*/, ''));
    expect(new URL(other.url()).pathname).toBe('/el/sign-in');
    await guest.close();
    await other.close();
  });
});

const pages: [who: string | undefined, paths: string[]][] = [
  [undefined, ['/', '/kb', '/kb/start', '/kb/operate/import-and-export', '/forum', '/forum?view=hot', '/forum?view=top', '/forum/calendars', '/forum/calendars?view=hot', '/forum/calendars?only=here', '/forum/topics/1', '/forum/topics/2', '/search?q=sms', '/search?q=zzzzzz', '/sign-in', '/sign-in/passkey', '/sign-in/both', '/sign-up', '/sign-up?sent=1', '/sign-in/forgot', '/tickets/links', '/sign-in?next=%2Ftickets', '/sign-in/code', '/sign-in/link?key=none', '/tickets/new', '/nope', '/api/docs', '/tags/sms', '/unsubscribe', '/moderation/log']],
  ['nikos@olive.test', ['/el', '/el/forum/new', '/el/forum/held', '/el/forum?view=unread', '/el/notifications', '/el/settings/notifications', '/el/tickets', '/el/tickets/9', '/el/tickets/9/rating', '/el/settings', '/el/settings/ignored', '/el/statements', '/el/settings/security', '/el/settings/security/password', '/el/settings/security/authenticator', '/el/settings/security/passkey', '/el/settings/security/recovery', '/el/sign-in/again', '/el/account', '/el/kb/tickets/statuses', '/el/search?q=πληρωμή']],
  ['ada@stoa.test', ['/admin', '/admin/people', '/admin/accounts', '/admin/roles', '/admin/roles/new', '/admin/tags', '/admin/tags/new', '/admin/following', '/admin/moderation', '/admin/moderation/words?text=pills', '/admin/moderation/screens', '/admin/moderation/rights', '/admin/moderation/files', '/admin/statuses', '/admin/statuses/new', '/admin/ratings', '/admin/health', '/admin/forms', '/admin/forms/new', '/admin/forms/fields/new', '/admin/groups', '/admin/groups/new', '/admin/invitations', '/admin/invitations/list', '/admin/audit', '/admin/mail', '/admin/mail/templates', '/admin/mail/templates/code', '/admin/authentication', '/admin/authentication/new?preset=oidc', '/sign-in/sso', '/settings/privacy', '/settings/tokens']],
  ['dora@acme.test', ['/account', '/invitation?key=x', '/el/account']],
  ['mara@stoa.test', ['/forum/topics/1?quote=2', '/moderation', '/moderation/topics/1', '/forum?view=mine']],
  ['cleo@stoa.test', ['/agent', '/agent/ratings', '/agent/deflections', '/agent/searches', '/agent/views/waiting', '/agent/views/questions', '/agent/views/new/edit', '/agent/bulk', '/agent/search', '/agent/search?q=invoice', '/agent/search?q=zzzzzz&status=solved', '/agent/search?q=%231', '/agent/tickets/1', '/agent/macros', '/agent/macros/new', '/agent/tickets/1/merge', '/agent/tickets/1/split', '/agent/tickets/1/links', '/agent/tickets/1/history', '/agent/tickets/1/print?notes=1', '/agent/tickets/1/side', '/agent/tickets/new', '/csm', '/csm?whose=mine', '/csm?only=risk']],
];

/** What is looked at as it is refused. */
const absent = ['/nope', '/sign-in/link?key=none', '/sign-in/sso', '/invitation?key=x'];

interface Axe {
  run(options?: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What axe finds on the page as it is now: everything, or only what a theme can change. */
const violations = (page: Page, rules?: string[]) =>
  page.evaluate(async (only) => (await (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], selectors: false, preload: false, ...(only ? { runOnly: only } : {}) })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)}`), rules);

/** The addresses of some pages are known only to who looks for them. */
async function soughtBy(who: string | undefined, page: Page): Promise<string[]> {
  if (who === 'cleo@stoa.test') {
    await page.goto(`${world.url}/csm`);
    return [(await page.getAttribute('tbody th a', 'href'))!];
  }
  if (who !== undefined && who !== 'mara@stoa.test') return [];
  await page.goto(`${world.url}/forum/topics/1`);
  const person = (await page.getAttribute('.said a[href^="/people/"]', 'href'))!;
  if (who === undefined) return [person];
  const edit = (await page.getAttribute('.said a[href$="/edit"]', 'href'))!;
  await page.goto(world.url + edit);
  await page.fill('#body', 'Said by a moderator in other words.');
  await page.click('main form button');
  return [person, `/moderation${person}`, edit, edit.replace('/edit', '/history')];
}

/** In light and dark at a desk. */
async function atDesk(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 800 });
  const inLight = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violations(page, ['color-contrast']);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...inLight, ...inDark.map((one) => `dark: ${one}`)];
}

async function onPhone(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 700 });
  const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  return width > 320 ? [`${width} px wide`] : [];
}

test.each(pages)('axe finds nothing in light and dark, and nothing is wider than a phone, as %s', async (who, paths) => {
  const context = await browser.newContext({ colorScheme: 'light', bypassCSP: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  if (who) await signIn(page, world.url, who);
  const sought = await soughtBy(who, page);
  await page.addInitScript(axeSource);
  const found: string[] = [];
  const looks = [atDesk, onPhone];
  for (const path of [...paths, ...(made[who ?? ''] ?? []), ...sought]) {
    const status = (await page.goto(world.url + path))!.status();
    if (status !== 200 && !absent.includes(path)) found.push(`${path}: answers ${status}`);
    for (const look of looks) found.push(...(await look(page)).map((one) => `${path}: ${one}`));
    // The next is opened as wide as this one was left: a change of width costs as much as a load.
    looks.reverse();
  }
  await context.close();
  expect(found).toEqual([]);
}, 240_000);
