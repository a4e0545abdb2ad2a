import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('a CSM looks with a customer’s eyes: a banner on every page, nothing of the desk, nothing changes, and the customer reads why', async () => {
  const cleo = await world.signedIn('cleo@stoa.test');
  const [chris] = await world.rows("select id, handle from users where email = 'chris@acme.test'");
  const profile = `/people/${chris!['handle']}`;
  expect((await world.visit(profile, { cookie: cleo })).html).toContain('Look with their eyes');
  const empty = await world.visit(profile, { cookie: cleo, form: { action: 'look', reason: ' ' } });
  expect([empty.status, empty.html.includes('Say why. The customer will read it.')]).toEqual([422, true]);
  const started = await world.visit(profile, { cookie: cleo, form: { action: 'look', reason: 'The list of tickets looks empty.' } });
  expect([started.status, started.headers.get('location')]).toEqual([303, '/']);

  const session = cleo.split('; ')[0]!;
  const first = await world.visit('/tickets', { cookie: cleo });
  const seen = [session, ...first.headers.getSetCookie().map((one) => one.split(';')[0])].join('; ');
  for (const path of ['/', '/tickets', '/settings', '/settings/privacy', '/settings/tokens', '/forum', '/kb/start/what-is-stoa', '/nope']) {
    const { html } = await world.visit(path, { cookie: seen });
    expect([path, /<form[^>]*class="looking"[^>]*>/.exec(html)?.[0].includes('hidden')]).toEqual([path, false]);
  }
  expect((await world.visit('/kb/start/what-is-stoa', { cookie: await world.signedIn('dora@acme.test') })).html).toMatch(/<form[^>]*data-looking[^>]*hidden/);
  for (const path of ['/agent', '/csm', '/admin/audit', '/agent/tickets/1']) expect([path, (await world.visit(path, { cookie: seen })).status]).toEqual([path, 404]);
  const before = await world.rows('select (select count(*) from posts) posts, (select count(*) from tickets) tickets, (select count(*) from tokens) tokens, (select count(*) from one_time_secrets) secrets');
  for (const [path, form] of [['/tickets/new', { subject: 'Not by Chris', body: 'Hello.' }], ['/settings', { name: 'Somebody', locale: 'en', timeZone: '' }], ['/settings/tokens', { action: 'make', name: 'x', 'scope[]': 'write' }], ['/settings/privacy', { action: 'consent', consent: 'yes' }]] as const) {
    expect([path, (await world.visit(path, { cookie: seen, form: form as never })).status]).toEqual([path, 403]);
  }
  expect((await world.visit('/settings/privacy', { cookie: seen, form: { action: 'copy' } })).status).toBe(404);
  expect(await world.rows('select (select count(*) from posts) posts, (select count(*) from tickets) tickets, (select count(*) from tokens) tokens, (select count(*) from one_time_secrets) secrets')).toEqual(before);

  const stopped = await world.visit('/looking', { cookie: seen, form: { x: '1' } });
  expect([stopped.status, stopped.headers.get('location')]).toEqual([303, profile]);
  expect((await world.visit('/csm', { cookie: seen })).status).toBe(200);
  const mine = await world.visit('/settings/privacy', { cookie: await world.signedIn('chris@acme.test') });
  for (const told of ['Cleo Ferris', 'The list of tickets looks empty.']) expect(mine.html).toContain(told);
});

test('nobody looks with the eyes of staff, and a customer is not offered to', async () => {
  const [agnes] = await world.rows("select handle from users where email = 'agnes@stoa.test'");
  const profile = `/people/${agnes!['handle']}`;
  const ada = await world.signedIn('ada@stoa.test');
  expect((await world.visit(profile, { cookie: ada })).html).not.toContain('Look with their eyes');
  expect((await world.visit(profile, { cookie: ada, form: { action: 'look', reason: 'Curious.' } })).status).toBe(404);
  const [dora] = await world.rows("select handle from users where email = 'dora@acme.test'");
  const chris = await world.signedIn('chris@acme.test');
  expect((await world.visit(`/people/${dora!['handle']}`, { cookie: chris })).html).not.toContain('Look with their eyes');
  expect((await world.visit(`/people/${dora!['handle']}`, { cookie: chris, form: { action: 'look', reason: 'Curious.' } })).status).toBe(404);
});

test('a token is made for some areas, shown once, confined to them, told of in the log, and revoked', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const made = await world.visit('/settings/tokens', { cookie, form: { action: 'make', name: 'Only tickets', 'scope[]': 'tickets:write', days: '7' } });
  expect(made.status).toBe(303);
  const flash = made.headers.getSetCookie().find((one) => one.startsWith('stoa_made='))!.split(';')[0]!;
  const shown = await world.visit('/settings/tokens', { cookie: `${cookie}; ${flash}` });
  const token = /stoa_[\w-]{32}/.exec(shown.html)![0];
  expect(shown.headers.getSetCookie().some((one) => /^stoa_made=.*(Expires=Thu, 01 Jan 1970|Max-Age=0)/.test(one))).toBe(true);
  expect((await world.visit('/settings/tokens', { cookie })).html).not.toContain(token);
  expect((await world.visit('/settings/tokens', { cookie: `${await world.signedIn('dora@acme.test')}; ${flash}` })).html).not.toContain(token);

  expect((await world.visit('/api/v1/tickets', { headers: bearer(token) })).status).toBe(200);
  for (const path of ['/me', '/tokens', '/topics', '/search?q=sms']) expect([path, (await world.visit(`/api/v1${path}`, { headers: bearer(token) })).status]).toEqual([path, 403]);
  const post = (path: string, body: object) => fetch(`${world.url}/api/v1${path}`, { method: 'POST', headers: { ...bearer(token), 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect((await post('/tickets', { subject: 'By a token', body: 'Hello.' })).status).toBe(201);
  expect((await post('/topics', { category: 'calendars', title: 'By a token', body: 'Hello.' })).status).toBe(403);
  expect((await post('/tokens', { name: 'More', scope: 'write' })).status).toBe(403);

  const [row] = await world.rows("select id from tokens where name = 'Only tickets'");
  const log = await world.visit(`/admin/audit?token=${row!['id']}`, { cookie: await world.signedIn('ada@stoa.test') });
  expect([log.html.match(/<tr[ >]/g)?.length, log.html.includes('Opened a ticket'), log.html.includes('By a token')]).toEqual([2, true, true]);
  expect((await world.visit('/settings/tokens', { cookie, form: { action: 'revoke', id: String(row!['id']) } })).status).toBe(303);
  expect((await world.visit('/api/v1/tickets', { headers: bearer(token) })).status).toBe(401);
});

test('the token of who is suspended or demoted loses its power on the next call', async () => {
  const cookie = await world.signedIn('arno@stoa.test');
  const made = await world.visit('/settings/tokens', { cookie, form: { action: 'make', name: 'Arno’s', 'scope[]': 'write' } });
  const token = /stoa_[\w-]{32}/.exec((await world.visit('/settings/tokens', { cookie: `${cookie}; ${made.headers.getSetCookie()[0]!.split(';')[0]}` })).html)![0];
  const status = async () => (await world.visit('/api/v1/accounts', { headers: bearer(token) })).status;
  expect(await status()).toBe(200);
  await world.rows("update users set role = 'customer' where email = 'arno@stoa.test'");
  expect(await status()).toBe(403);
  await world.rows("update users set role = 'agent', suspended_at = 1 where email = 'arno@stoa.test'");
  expect(await status()).toBe(401);
  await world.rows("update users set suspended_at = null where email = 'arno@stoa.test'");
});

test('who was signed in for long is asked to prove it again before what is dangerous', async () => {
  const cookie = await world.signedIn('ingrid@nordic.test');
  await world.rows("update sessions set proved_at = 0 where user_id = (select id from users where email = 'ingrid@nordic.test')");
  for (const [path, form] of [['/settings/privacy', { action: 'copy' }], ['/settings/privacy/erase', { action: 'erase', email: 'ingrid@nordic.test', words: 'stay' }], ['/settings/tokens', { action: 'make', name: 'x', 'scope[]': 'read' }]] as const) {
    const answer = await world.visit(path, { cookie, form: form as never });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/sign-in/again?next=${encodeURIComponent(path)}`]);
  }
});

test('a copy of everything: pages and JSON, without what staff wrote among themselves, for nobody else', async () => {
  const cookie = await world.signedIn('dora@acme.test');
  await world.rows("update ticket_messages set body = 'CANARY NOTE' where visibility = 'internal'");
  const asked = await world.visit('/settings/privacy', { cookie, form: { action: 'copy' } });
  expect(asked.status).toBe(303);
  const page = await world.visit(asked.headers.get('location')!, { cookie });
  const link = /href="(\/settings\/privacy\/copy\?key=[^"]+)"/.exec(page.html)![1]!;
  const response = await fetch(world.url + link, { headers: { cookie } });
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'application/zip', 'private, no-store']);
  const files = Object.fromEntries(Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))).map(([name, bytes]) => [name, strFromU8(bytes)]));
  expect(JSON.parse(files['json/profile.json']!)).toMatchObject([{ email: 'dora@acme.test', account: 'Acme Clinics' }]);
  for (const name of Object.keys(files).filter((one) => one.endsWith('.json'))) expect([name, Array.isArray(JSON.parse(files[name]!))]).toEqual([name, true]);
  expect(files['index.html']).toContain('href="posts.html"');
  expect(files['profile.html']).toContain('dora@acme.test');
  expect(Object.values(files).join()).not.toContain('CANARY NOTE');
  for (const other of ['', await world.signedIn('nikos@olive.test'), await world.signedIn('ada@stoa.test')]) expect((await world.visit(link, { cookie: other })).status).toBe(404);
  await world.rows('update one_time_secrets set expires_at = 1');
  expect((await world.visit(link, { cookie })).status).toBe(404);
});

test('who asks to be erased is signed out everywhere, gets a certificate, and their words stand under no name', async () => {
  const cookie = await world.signedIn('sita@pine.test');
  const other = await world.signedIn('sita@pine.test');
  const page = await world.visit('/settings/privacy/erase', { cookie });
  expect(page.html).toContain('What is not touched');
  const wrong = await world.visit('/settings/privacy/erase', { cookie, form: { action: 'erase', email: 'x@y.test', words: 'stay' } });
  expect([wrong.status, wrong.html.includes('This is not the address of this account.')]).toEqual([422, true]);
  const gone = await world.visit('/settings/privacy/erase', { cookie, form: { action: 'erase', email: 'sita@pine.test', words: 'stay' } });
  expect([gone.status, gone.headers.getSetCookie().map((one) => /^(\w+)=;.*Max-Age=0/.exec(one)?.[1])]).toEqual([303, ['stoa_session', 'stoa_viewer']]);
  const certificate = await world.visit(gone.headers.get('location')!);
  expect([certificate.status, certificate.html.includes('Erased'), /Sita|pine/.test(certificate.html)]).toEqual([200, true, false]);
  for (const old of [cookie, other]) expect((await world.visit('/tickets', { cookie: old })).status).toBe(303);
  expect((await world.visit('/sign-in', { form: { email: 'sita@pine.test', password: 'stoa-demo-password' } })).status).toBe(422);
});

test('an admin copies and erases somebody else; agents cannot', async () => {
  const [person] = await world.rows("select handle from users where email = 'lea@bloom.test'");
  const at = `/people/${person!['handle']}/privacy`;
  expect((await world.visit(at, { cookie: await world.signedIn('agnes@stoa.test') })).status).toBe(404);
  const ada = await world.signedIn('ada@stoa.test');
  expect((await world.visit(at, { cookie: ada })).status).toBe(200);
  const copied = await world.visit(at, { cookie: ada, form: { action: 'copy' } });
  const key = new URL(copied.headers.get('location')!, world.url).searchParams.get('copy')!;
  const file = await fetch(`${world.url}/settings/privacy/copy?key=${key}`, { headers: { cookie: ada } });
  expect(strFromU8(unzipSync(new Uint8Array(await file.arrayBuffer()))['json/profile.json']!)).toContain('lea@bloom.test');
  const erased = await world.visit(at, { cookie: ada, form: { action: 'erase', email: 'lea@bloom.test', words: 'go' } });
  expect([erased.status, erased.headers.getSetCookie().length]).toEqual([303, 0]);
  expect(await world.rows("select count(*) n from users where email = 'lea@bloom.test'")).toMatchObject([{ n: 0 }]);
});

test('the log as a file: every line, no formulas, and only for those who may read it', async () => {
  await world.rows(`insert into outbox (id, type, subject, revision, data, created_at) values ('evt_formula', 'x.formula_tried', '=cmd()', 1, '{"name":"@SUM(1)"}', ?)`, [Date.now() + 1000]);
  const ada = await world.signedIn('ada@stoa.test');
  const file = await world.visit('/admin/audit.csv', { cookie: ada });
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(file.html).toContain('"\'=cmd()"');
  expect(file.html).not.toMatch(/(^|,)"[=+@-]/m);
  expect(file.html).toContain('"x: formula tried"');
  await world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 10600) insert into outbox (id, type, subject, revision, data, created_at, delivered_at) select 'evt_many_' || i, 'many.things', 'many', i, '{}', i, 1 from n`);
  const much = await world.visit('/admin/audit.csv?type=many.things', { cookie: ada });
  expect(much.html.trim().split('\r\n').length).toBe(10_002);
  expect(much.html.trim().endsWith('"Cut off after 10,000 lines. Narrow the dates for the rest."')).toBe(true);
  expect((await world.visit('/admin/audit.csv?type=many.things&to=1970-01-01', { cookie: ada })).html.trim().split('\r\n').length).toBe(10_002);
  expect((await world.visit('/admin/audit.csv?type=many.things&from=1970-01-02', { cookie: ada })).html.trim().split('\r\n').length).toBe(1);
  for (const [email, status] of [['chris@acme.test', 404], ['agnes@stoa.test', 404], ['cleo@stoa.test', 404]] as const) for (const path of ['/admin/audit', '/admin/audit.csv']) expect([path, email, (await world.visit(path, { cookie: await world.signedIn(email) })).status]).toEqual([path, email, status]);
  expect((await world.visit('/admin/audit')).status).toBe(303);
});

test('a placeholder that is misspelt is refused by the preview as by saving, by its name, in the reader’s language', async () => {
  const cookie = await world.signedIn('ada@stoa.test');
  const at = '/admin/mail/templates/news.answered';
  for (const action of ['preview', 'keep']) {
    const page = await world.visit(at, { cookie, form: { action, subject: 'News of {{titel}}', text: '{{actor}} says.' } });
    expect([action, page.status, /id="subject-issue"[^>]*>There is no placeholder {{titel}} here\./.test(page.html), page.html.includes('id="text-issue"'), page.html.includes('value="News of {{titel}}"'), page.html.includes('id="preview"')]).toEqual([action, 422, true, false, true, false]);
  }
  const right = await world.visit(at, { cookie, form: { action: 'preview', subject: 'News of {{title}}', text: '{{actor}} says.' } });
  expect([right.status, right.html.includes('id="preview"')]).toEqual([200, true]);
});

test('a preview that cannot tell of the ticket says why beside its field; one that can is shown as text, with the ticket’s address, and as HTML that can do nothing', async () => {
  const cookie = await world.signedIn('ada@stoa.test');
  const [asked] = await world.rows("select number, subject from tickets t where kind = 'customer' and not exists (select 1 from ticket_messages m join users u on u.id = m.author_id where m.ticket_id = t.id and m.visibility = 'public' and u.role not in ('customer', 'moderator')) and exists (select 1 from ticket_messages m where m.ticket_id = t.id) and merged_into is null limit 1");
  const [answered] = await world.rows("select t.number, t.subject, u.name from tickets t join ticket_messages m on m.ticket_id = t.id and m.visibility = 'public' join users u on u.id = m.author_id and u.role not in ('customer', 'moderator') where t.kind = 'customer' and t.merged_into is null order by t.number, m.created_at desc, m.number desc limit 1");
  const at = '/admin/mail/templates/news.answered';
  const preview = (ticket: unknown, action = 'preview', text = '{{actor}}: {{text}}') => world.visit(at, { cookie, form: { action, subject: '{{title}}', text, ticket: String(ticket) } });
  for (const action of ['preview', 'html']) {
    for (const [ticket, words] of [['abc', 'Write the number of a ticket, such as 17, or nothing.'], [99_999, 'There is no ticket 99999, or you may not see it.'], [asked!['number'], `Nobody of the team has answered ticket ${asked!['number']} yet.`]] as const) {
      const page = await preview(ticket, action);
      expect([action, ticket, page.status, page.html.includes(words), page.html.includes('id="preview"')]).toEqual([action, ticket, 422, true, false]);
    }
  }
  const right = await preview(`#${answered!['number']}`);
  expect([right.status, right.html.includes(`/tickets/${answered!['number']}\n`), right.html.includes(`<p class="typed">${answered!['name']}:`)]).toEqual([200, true, true]);
  const html = await preview(answered!['number'], 'html', '{{actor}} writes.');
  expect([html.status, html.headers.get('content-security-policy')?.startsWith('sandbox'), html.html.includes(' writes.</p>')]).toEqual([200, true, true]);
  expect((await preview('abc', 'html', '{{nothing}}')).status).toBe(422);
});

test('lists of settings that are empty say so, and draw no list', async () => {
  const chris = await world.signedIn('chris@acme.test');
  for (const [path, words] of [['/statements', 'class="empty"'], ['/settings/ignored', 'class="quiet"']] as const) {
    const { html } = await world.visit(path, { cookie: chris });
    expect([path, html.includes(words), html.includes('class="rows"')]).toEqual([path, true, false]);
  }
});
