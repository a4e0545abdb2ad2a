import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf, drawn, edge, type Visit } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const password = 'a long enough sentence';
/** As if no letter had gone out lately. */
const later = () => world.rows('update mails set created_at = created_at - 200000');
/** The path that the newest letter to an address leads to, and its code. */
async function letterTo(email: string) {
  const text = String((await world.rows('select text from mails where to_address = ? order by created_at desc, id desc limit 1', [email]))[0]!['text']);
  return { link: new RegExp(`${world.url}(\\S*\\?key=\\S+)`).exec(text)?.[1] ?? '', code: /^\d{6}$/m.exec(text)?.[0] ?? '' };
}

async function counts() {
  const [row] = await world.rows('select (select count(*) from users) users, (select count(*) from sessions) sessions, (select count(*) from one_time_secrets) secrets, (select count(*) from outbox) events');
  return row;
}

test('signing up: a letter, a page with a button, and in; looking at the link changes nothing', async () => {
  const asked = await world.visit('/sign-up', { form: { name: 'Rhea', email: 'rhea@far.test', password, once: drawn() } });
  expect([asked.status, asked.headers.get('location'), asked.roundTrips]).toEqual([303, '/sign-up?sent=1', 2]);
  const { link } = await letterTo('rhea@far.test');
  const cookie = cookiesOf(asked);
  const before = await counts();
  for (let i = 0; i < 3; i++) expect((await world.visit(link, { cookie })).html).toContain('rhea@far.test');
  expect(await counts()).toEqual(before);
  const entered = await world.visit(link, { cookie, form: { x: '' } });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
  expect((await world.visit('/settings', { cookie: cookiesOf(entered) })).html).toContain('Rhea');
  const again = await world.visit(link, { cookie });
  expect([again.status, again.html.includes('does not work any more')]).toEqual([410, true]);
  expect((await world.visit('/sign-in', { form: { email: 'rhea@far.test', password } })).status).toBe(303);
});

test('who signs up on the way to a page comes to it, in the browser that they signed up in, and never to another site', async () => {
  expect((await world.visit('/sign-in?next=/tickets/9')).html).toContain('href="/sign-up?next=%2Ftickets%2F9"');
  const page = await world.visit('/sign-up?next=/tickets/9');
  expect([page.html.includes('action="/sign-up?next=%2Ftickets%2F9"'), page.html.includes('href="/sign-in?next=%2Ftickets%2F9"')]).toEqual([true, true]);
  for (const [i, [next, isElsewhere, to]] of ([['/tickets/9', false, '/tickets/9'], ['/tickets/9', true, '/'], ['//evil.example', false, '/'], ['https://evil.example', false, '/']] as const).entries()) {
    const email = `aim${i}@far.test`;
    const asked = await world.visit(`/sign-up?next=${encodeURIComponent(next)}`, { form: { name: 'Aim', email, password, next: '//evil.example', once: drawn() } });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-up?sent=1']);
    const { link } = await letterTo(email);
    const entered = await world.visit(link, isElsewhere ? { form: { password: '' } } : { cookie: cookiesOf(asked), form: { x: '' } });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, to]);
  }
  await world.rows('delete from attempts');
});

test('in another browser the page asks for a password, and the one typed by whoever signed up does not count', async () => {
  await world.visit('/el/sign-up', { form: { name: 'Ποιος', email: 'who@far.test', password, once: drawn() } });
  const { link } = await letterTo('who@far.test');
  expect(link).toMatch(/^\/el\//);
  expect((await world.visit(link)).html).toContain('name="password"');
  expect((await world.visit(link, { form: { password: 'password123' } })).status).toBe(422);
  expect((await world.visit(link, { form: { password: '' } })).status).toBe(303);
  expect((await world.visit('/sign-in', { form: { email: 'who@far.test', password } })).status).toBe(422);
});

test('a refusal keeps what was typed, but the password, and names the field', async () => {
  const page = await world.visit('/el/sign-up', { form: { name: 'Ρέα', email: 'x', password: 'short' } });
  expect([page.status, page.html.includes('value="Ρέα"'), page.html.includes('id="email-issue"'), page.html.includes('id="password-issue"'), page.html.includes('value="short"')]).toEqual([422, true, true, true, false]);
});

test('a forgotten password: every other session ends on the next request', async () => {
  const other = await world.signedIn('tomas@nordic.test');
  expect((await world.visit('/tickets', { cookie: other })).status).toBe(200);
  expect((await world.visit('/sign-in/forgot', { form: { email: 'tomas@nordic.test' } })).headers.get('location')).toBe('/sign-in/forgot?sent=1');
  const { link } = await letterTo('tomas@nordic.test');
  expect((await world.visit(link, { form: { password: 'tomas@nordic.test' } })).status).toBe(422);
  const entered = await world.visit(link, { form: { password } });
  expect(entered.status).toBe(303);
  expect((await world.visit('/tickets', { cookie: cookiesOf(entered) })).status).toBe(200);
  expect((await world.visit('/tickets', { cookie: other })).status).toBe(303);
  expect((await world.visit(link)).status).toBe(410);
});

test('a code by mail, in the browser that asked; the page afterwards is the one they wanted', async () => {
  const asked = await world.visit('/sign-in/code?next=/tickets', { form: { action: 'ask', email: 'Hugh@Lumen.test' } });
  const at = asked.headers.get('location')!;
  const cookie = cookiesOf(asked);
  expect(asked.headers.getSetCookie()[0]).toMatch(/^stoa_asker=.*HttpOnly; SameSite=Lax/);
  expect((await world.visit(at, { cookie })).html).toContain('hugh@lumen.test');
  const { link, code } = await letterTo('hugh@lumen.test');
  expect((await world.visit(link)).status).toBe(410);
  const wrong = await world.visit(at, { cookie, form: { action: 'enter', code: code === '000000' ? '111111' : '000000' } });
  expect([wrong.status, wrong.html.includes('This is not the code')]).toEqual([422, true]);
  expect((await world.visit(at, { form: { action: 'enter', code } })).status).toBe(422);
  const entered = await world.visit(at, { cookie, form: { action: 'enter', code } });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/tickets']);
});

test('the link of that letter is a page with a button', async () => {
  const cookie = cookiesOf(await world.visit('/sign-in/code', { form: { action: 'ask', email: 'sita@pine.test' } }));
  const { link } = await letterTo('sita@pine.test');
  const before = await counts();
  expect((await world.visit(link, { cookie })).html).toContain('sita@pine.test');
  expect(await counts()).toEqual(before);
  expect((await world.visit(link, { cookie, form: { x: '' } })).status).toBe(303);
});

test('nothing leads to another site', async () => {
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example']) {
    const asked = await world.visit(`/sign-in/code?next=${encodeURIComponent(next)}`, { form: { action: 'ask', email: 'ben@harbour.test' } });
    await later();
    expect(asked.headers.get('location')).toBe('/sign-in/code?sent=1');
  }
});

const masked = (page: Visit, email: string) => page.html.replaceAll(email, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '');

test('no way in tells by text, status, headers or mail who has an account', async () => {
  const ways: [string, Record<string, string>][] = [['/sign-up', { name: 'N', password }], ['/sign-in/forgot', {}], ['/tickets/links', {}], ['/sign-in/code', { action: 'ask' }], ['/sign-in', { password: 'not the password' }]];
  for (const [at, form] of ways) {
    await later();
    const seen = await Promise.all(['yusuf@atlas.test', 'nobody@atlas.test'].map(async (email) => {
      const page = await world.visit(at, { form: { ...form, email, once: drawn() } });
      const then = page.headers.get('location');
      const next = then ? masked(await world.visit(then, { cookie: cookiesOf(page) }), email) : '';
      const letters = await world.rows('select count(*) n from mails where to_address = ? and created_at > ?', [email, Date.now() - 60_000]);
      return { status: page.status, then, text: masked(page, email), next, trips: page.roundTrips, headers: [...page.headers.keys()].sort(), letters: letters[0]!['n'] };
    }));
    expect(seen[0], at).toEqual(seen[1]);
    expect(seen[0]!.letters).toBe(at === '/sign-in' ? 0 : 1);
  }
});

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

test('nor by time: the medians of known and unknown addresses are a few hundredths apart', { timeout: 240_000 }, async () => {
  const [{ n }] = (await world.rows('select count(*) n from users')) as unknown as [{ n: number }];
  expect(n).toBeGreaterThan(10);
  const known = (await world.rows(`select email from users where password_hash is not null and role = 'customer'`)).map(({ email }) => String(email));
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let i = 0; i < 200; i++) {
    for (const who of i % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const email = who === 'known' ? known[i % known.length]! : known[i % known.length]!.replace('@', 'x@');
      const started = performance.now();
      await world.visit('/sign-in/forgot', { form: { email } });
      times[who].push(performance.now() - started);
    }
    if (i % 6 === 5) await world.rows('delete from attempts');
    if (i % known.length === 0) await world.rows('update mails set created_at = created_at - 100000000');
  }
  const [a, b] = [median(times.known), median(times.unknown)];
  expect(Math.abs(a - b) / Math.max(a, b)).toBeLessThan(0.25);
});

test('letters are for admins only, and an HTML one is in a cage', async () => {
  await later();
  await world.visit('/sign-in/code', { form: { action: 'ask', email: 'lea@bloom.test' } });
  const [{ id }] = (await world.rows(`select id from mails where to_address = 'lea@bloom.test' and purpose = 'code'`)) as unknown as [{ id: string }];
  for (const [who, status] of [['', 303], ['chris@acme.test', 404], ['agnes@stoa.test', 404], ['cleo@stoa.test', 404], ['ada@stoa.test', 200]] as const) {
    const cookie = who && (await world.signedIn(who));
    for (const path of ['/admin/mail', `/admin/mail/${id}`, `/admin/mail/${id}/html`]) {
      const page = await world.visit(path, { cookie });
      expect([path, who, page.status]).toEqual([path, who, status]);
      expect([path, who, page.html.includes('lea@bloom.test') || page.html.includes('Your sign-in code')]).toEqual([path, who, status === 200]);
    }
  }
  const cookie = await world.signedIn('ada@stoa.test');
  const { headers, html } = await world.visit(`/admin/mail/${id}/html`, { cookie });
  expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  expect([headers.get('x-frame-options'), html.includes('<script')]).toEqual(['DENY', false]);
  expect((await world.visit(`/admin/mail/${id}`, { cookie })).html).toContain((await letterTo('lea@bloom.test')).code);
  await expect.poll(async () => (await world.rows('select state from mails where id = ?', [id]))[0]!['state'], { timeout: 10_000 }).toBe('kept');
});

test('the list of letters goes on, page by page, each letter once', async () => {
  await world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 120) insert into mails (id, to_address, locale, purpose, subject, text, html, state, send_after, created_at) select 'mal_page_' || i, 'page@far.test', 'en', 'x', 'Page ' || i, '', '', 'sent', 0, i / 7 from n`);
  const cookie = await world.signedIn('ada@stoa.test');
  const found: string[] = [];
  for (let at: string | undefined = '/admin/mail'; at; ) {
    const { html }: Visit = await world.visit(at, { cookie });
    found.push(...[...html.matchAll(/\/admin\/mail\/(mal_page_\d+)/g)].map(([, id]) => id!));
    at = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  expect([found.length, new Set(found).size]).toEqual([120, 120]);
});

test('no form works from another site', async () => {
  for (const [at, form] of [['/sign-up', { name: 'N', email: 'far@far.test', password }], ['/sign-in/forgot', { email: 'far@far.test' }], ['/sign-in/code', { action: 'ask', email: 'far@far.test' }]] as const) {
    expect((await world.visit(at, { form, headers: { origin: 'https://evil.example' } })).status).toBe(403);
  }
  expect(await world.rows(`select 1 from mails where to_address = 'far@far.test'`)).toEqual([]);
});
