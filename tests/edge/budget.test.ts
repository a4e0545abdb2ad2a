import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../worker/database/open.ts';
import { hashOfWait } from '../../worker/incidents/link.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const PUBLIC = ['/', '/forum', '/forum?view=unanswered', '/forum/calendars', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed', '/tags/sms', '/kb', '/kb/start', '/search?q=sms+reminders', '/sign-in', '/tickets/new', '/sign-up', '/sign-up?sent=1', '/sign-in/forgot', '/tickets/links', '/sign-in/code', '/sign-in/passkey', '/sign-in/both', '/privacy', '/terms', '/waiting?key=KEY', '/forum?view=unsolved', '/forum?view=hot', '/forum?view=top&period=month', '/forum/feed.xml', '/forum/calendars/feed.xml', '/forum/topics/1/feed.xml', '/tags/sms/feed.xml', '/sitemap.xml', '/sitemap/topics-1.xml', '/sitemap/articles.xml', '/sitemap/hot.xml', '/moderation/log', '/forum/calendars?view=hot', '/forum/calendars?only=here'];
const CUSTOMER = [...PUBLIC.slice(0, 9), '/tickets', '/tickets/2', '/tickets/2/rating', '/forum/new', '/forum/held', '/settings', '/account', '/notifications', '/settings/notifications', '/forum?view=unread', '/forum?view=hot', '/forum?view=top', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed?quote=2', '/forum/posts/FIRST/edit', '/forum/posts/FIRST/history', '/settings/security', '/settings/security/password', '/settings/security/authenticator', '/settings/security/passkey', '/settings/security/recovery', '/sign-in/again', '/settings/privacy', '/settings/privacy/erase', '/settings/tokens', '/settings/ignored', '/statements', '/forum/calendars?view=hot', '/forum/calendars?only=here'];
const ADMIN = ['/admin', '/admin/people', '/admin/people?q=do&role=customer', '/admin/people/ada', '/admin/accounts', '/admin/accounts/ACME', '/admin/roles', '/admin/roles/new', '/admin/statuses', '/admin/statuses/new', '/admin/ratings', '/admin/health', '/admin/forms', '/admin/forms/new', '/admin/forms/fields/new', '/admin/groups', '/admin/groups/new', '/admin/categories', '/admin/categories/new', '/admin/following', '/admin/tags', '/admin/tags/new', '/admin/moderation', '/admin/moderation/words?text=pills', '/admin/moderation/screens', '/admin/moderation/senders', '/admin/moderation/rights', '/admin/moderation/files', '/admin/invitations', '/admin/invitations/list', '/admin/audit', '/admin/audit?type=person.signed_in', '/admin/mail', '/admin/mail/templates', '/admin/mail/templates/news.answered?locale=el', '/admin/authentication', '/admin/authentication/new'];
const STAFF = ['/agent', '/agent?priority=urgent', '/agent/ratings', '/agent/deflections', '/agent/searches', '/agent?snoozed=1', '/agent/views/mine', '/agent/views/unassigned', '/agent/views/waiting', '/agent/views/pending', '/agent/views/solved', '/agent/views/open', '/agent/views/questions', '/agent/views/new/edit', '/agent/bulk', '/agent/search', '/agent/search?q=invoice', '/agent/search?q=%231&requester=acme', '/agent/tickets/1', '/agent/macros', '/agent/macros/new', '/agent/tickets/1/merge', '/agent/tickets/1/split', '/agent/tickets/1/links', '/agent/tickets/1/history', '/agent/tickets/1/print', '/agent/tickets/1/side', '/agent/tickets/new', '/agent/tickets/new?internal', '/files/FILE', '/moderation', '/moderation/suspended', '/moderation/topics/1', '/forum?view=mine', '/moderation/people/chris-doyle', '/agent/tickets/1/publish', '/csm', '/csm?order=revenue', '/csm?order=health', '/csm?only=risk', '/csm/accounts/ACME', '/csm/said/SAYING'];

/** A search with a word that stands nowhere: the one page that asks twice, since only the first answer says what was meant. */
const MISTYPED = '/search?q=remindres';

/** Lets the workspace know the words of its texts, as the clock does. */
async function knowWords(): Promise<void> {
  const db = openDatabase({ url: world.database.url, patience: 30_000 });
  await gatherWords.work({ db, gate: gateOf(db), now: new Date(), secret: '', url: '' });
}

test('what each page costs: one round trip at most, signed in or not, and no script; two for a search with a word that stands nowhere', async () => {
  const rows: string[] = [];
  const look = async (path: string, who: string, cookie?: string, most = 1) => {
    const page = await world.visit(path, cookie ? { cookie } : {});
    expect([path, who, page.status]).toEqual([path, who, 200]);
    expect(page.roundTrips, `${path} for ${who}`).toBeLessThanOrEqual(most);
    const scripts = page.html.match(/<script(?! type="application\/ld\+json")/g)?.length ?? 0;
    const styles = await Promise.all([...page.html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(async ([, href]) => gzipSync((await world.visit(href!)).html).length));
    const weight = gzipSync(page.html).length + styles.reduce((sum, size) => sum + size, 0);
    expect(weight, `${path}: bytes of page and styles, compressed`).toBeLessThan(30_000);
    expect(page.html.length, `${path}: bytes of the page alone`).toBeLessThan(path.startsWith('/agent/tickets/') ? 60_000 : 400_000);
    expect(page.html, 'no inline style or script').not.toMatch(/<style|\sstyle="|<script(?![^>]*(src=|ld\+json))/);
    rows.push(`| ${path.replace(/acc_\w+|pst_\w+|fbk_\w+|(ada|chris)-[\w-]+/, '…')} | ${who} | ${page.roundTrips} | ${scripts} |`);
  };
  await world.rows("insert into guest_waits (key_hash, kind, ref_id, address, locale, created_at) select ?, 'incident', id, 'guest@example.org', 'en', 0 from incidents limit 1", [hashOfWait('KEY')]);
  for (const path of PUBLIC) await look(path, 'visitor');
  await knowWords();
  const chris = await world.signedIn('chris@acme.test');
  for (const cookie of [undefined, chris]) await look(MISTYPED, cookie ? 'customer' : 'visitor', cookie, 2);
  const first = /\/forum\/posts\/(\w+)\/edit/.exec((await world.visit(PUBLIC[4]!, { cookie: chris })).html)![1]!;
  for (const path of CUSTOMER) await look(path.replace('FIRST', first), 'customer', chris);
  const cleo = await world.signedIn('cleo@stoa.test');
  await world.rows("insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at, verdict) select 'att_budget', author_id, 'late.txt', 'text/plain', 1, '', id, 0, 0, 'failed' from ticket_messages limit 1");
  const poster = /\/people\/(chris[\w-]*)/.exec((await world.visit(PUBLIC[4]!)).html)![1]!;
  const acme = /\/csm\/accounts\/(acc_\w+)"[^>]*>Acme/.exec((await world.visit('/csm', { cookie: cleo })).html)![1]!;
  const saying = String((await world.rows("select id from feedback where source = 'survey' limit 1"))[0]!['id']);
  for (const path of STAFF) await look(path.replace('chris-doyle', poster).replace('FILE', 'att_budget').replace('ACME', acme).replace('SAYING', saying), 'staff', cleo);
  const ada = await world.signedIn('ada@stoa.test');
  const handle = /\/admin\/people\/([\w-]+)"[^>]*>Ada/.exec((await world.visit('/admin/people?q=ada', { cookie: ada })).html)![1]!;
  for (const path of ADMIN) await look(path.replace('ACME', acme).replace(/people\/ada$/, `people/${handle}`), 'admin', ada);
  await expect(['| page | viewer | round trips | scripts |', '|---|---|---|---|', ...rows, ''].join('\n')).toMatchFileSnapshot('./budget.md');
});

test('a reply by form is two round trips: the subject with the session, then the commit', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const page = await world.visit('/forum/topics/5/x', { cookie });
  const answer = await world.visit(page.headers.get('location') ?? '/forum/topics/5/outlook-sync-takes-twenty-minutes', { cookie, form: { action: 'reply', body: 'Same here.', once: crypto.randomUUID() } });
  expect(answer.status).toBe(303);
  expect(answer.roundTrips).toBe(2);
});

test('a form sent twice makes one row, from another site none', async () => {
  const cookie = await world.signedIn('dora@acme.test');
  const once = crypto.randomUUID();
  const form = { subject: 'Sent twice', body: 'By accident.', anyway: '1', once };
  const [first, second] = [await world.visit('/tickets/new', { cookie, form }), await world.visit('/tickets/new', { cookie, form })];
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  const foreign = await world.visit('/tickets/new', { cookie, form: { ...form, once: crypto.randomUUID() }, headers: { origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
});

test('what is not there, or not theirs, is a 404 with ways on', async () => {
  const nikos = await world.signedIn('nikos@olive.test');
  for (const [path, cookie] of [['/forum/topics/999999', ''], ['/forum/topics/abc', ''], ['/tickets/1', nikos], ['/agent', nikos], ['/csm', nikos], ['/agent/tickets/1', nikos], ['/kb/nope', ''], ['/nope', '']] as const) {
    const page = await world.visit(path, cookie ? { cookie } : {});
    expect([path, page.status]).toEqual([path, 404]);
    expect(page.html).toMatch(/There is nothing here|Δεν υπάρχει τίποτα εδώ/);
  }
  expect((await world.visit('/agent')).status).toBe(303);
});

test('any text in search is answered, and nested Markdown quickly', async () => {
  for (const q of ['"', '*', 'a" OR "b', '((((', 'NEAR(', '-', '😀', 'ά'.repeat(5_000), '\u0001', "';drop table users", 'title:x', '\u0000']) {
    expect([q, (await world.visit(`/search?q=${encodeURIComponent(q)}`)).status]).toEqual([q, 200]);
  }
  const cookie = await world.signedIn('chris@acme.test');
  for (const body of ['<b>'.repeat(10_000), '> '.repeat(10_000), '*'.repeat(40_000), '- '.repeat(2_000), '[['.repeat(10_000)]) {
    const started = performance.now();
    const page = await world.visit('/forum/new', { cookie, form: { title: 'x', body, preview: '1' } });
    expect(page.status).toBe(200);
    expect(performance.now() - started).toBeLessThan(4_000);
  }
});

test('a revoked session is refused on the very next request', async () => {
  const cookie = await world.signedIn('petros@aegean.test');
  expect((await world.visit('/tickets', { cookie })).status).toBe(200);
  await world.visit('/sign-out', { cookie, form: { x: '1' } });
  expect((await world.visit('/tickets', { cookie })).status).toBe(303);
});

test('the database killed comes back within a second or so, with everything acknowledged; meanwhile a calm 503', async () => {
  const cookie = await world.signedIn('ingrid@nordic.test');
  const made = await world.visit('/tickets/new', { cookie, form: { subject: 'Before the crash', body: 'Acknowledged.', anyway: '1', once: crypto.randomUUID() } });
  process.kill(world.database.process.pid, 'SIGKILL');
  const during = await world.visit('/forum');
  expect([200, 503]).toContain(during.status);
  await expect.poll(async () => (await world.visit('/forum')).status, { timeout: 5_000 }).toBe(200);
  expect((await world.visit(made.headers.get('location')!, { cookie })).html).toContain('Acknowledged.');
});
