import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../worker/local/ports.ts';
import { guestLink, ratingLink } from '../../worker/tickets/link.ts';
import { SECRET } from '../support/stoa.ts';
import { api, canaries, each, type Entry, matrixWorld, pages, type Principal, principals } from './matrix.ts';
import { PLANT, planted, type Secret } from './planted.ts';

const letters: { to: string; text: string }[] = [];
const server = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData: (stream, session, done) => void simpleParser(stream).then(({ subject, text, html, attachments, headers }) => {
    for (const { address } of session.envelope.rcptTo) letters.push({ to: address, text: [subject, text, html, JSON.stringify([...headers]), ...attachments.map(({ content }) => content.toString())].join('\n') });
    done();
    // A letter that is cut off, since its sender ends, is none.
  }, done),
});

let world: Awaited<ReturnType<typeof matrixWorld>>;
let secrets: Secret[];
let numbers: number[];
beforeAll(async () => {
  const port = (await freePort())!;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  world = await matrixWorld({ post: { smtpUrl: `smtp://127.0.0.1:${port}?tls=no`, from: 'Stoa <hello@stoa.example>' } });
  ({ secrets, numbers } = await planted(world));
}, 120_000);
afterAll(async () => {
  await world?.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const files = Object.keys(import.meta.glob('../../src/pages/**/*.{astro,ts}'))
  .map((file) => file.replace('../../src/pages', '').replace(/\.(astro|ts)$/, '').replace(/\/index$/, '') || '/')
  .sort();

/** Who has no business with any secret: requester, colleague, account admin, strangers, visitors, and every token of the requester. */
const outsiders = ['customer', 'colleague', 'account admin', 'other account', 'moderator', 'visitor', 'suspended', 'borrowed eyes', 'read token', 'write token', 'forum token'] as const satisfies Principal[];

/** What everybody is asked about each page and route. */
interface Check {
  entry: Entry;
  prefix: string;
  who: Principal;
}

/** Whether an answer is one that was not refused for who asked. */
const passes = (verdict: string) => ['ok', 'go', '409', '422'].includes(verdict);
const isWrite = ({ method }: Entry) => method !== 'GET';
const all = [...pages.map((entry) => ({ entry, prefix: '' })), ...api.map((entry) => ({ entry, prefix: '/api/v1' }))];
const asAll = (some: Omit<Check, 'who'>[], of: readonly Principal[]): Check[] => some.flatMap((one) => of.map((who) => ({ ...one, who })));
const checks = asAll(all, principals);
const isAllowed = ({ entry, who }: Check) => isWrite(entry) && passes(entry.expected[who]);
/** Changes by which nobody goes, and no token. */
const changes = checks.filter((check) => isAllowed(check) && !/sign-out|erase|tokens/.test(check.entry.address));

/** Every secret begins with the same letters; most texts hold none. */
const foundIn = (text: string, who: string) => (text.includes('zq') ? secrets.filter(({ words, theirs }) => text.includes(words) && !theirs.includes(who)).map(({ words }) => words) : []);

/** What stands in an answer and is not for who asked: canaries, and before outsiders secrets. */
const leaked = (text: string, who: Principal) => [
  ...Object.entries(canaries).filter(([canary, entitled]) => text.includes(canary) && !entitled.includes(who)).map(([canary]) => canary),
  ...((outsiders as readonly string[]).includes(who) ? foundIn(text, who) : []),
];

/** What was answered otherwise than the table says, and what was told to whom it is not for. */
async function wrongs(some: Check[]): Promise<string[]> {
  const found: string[] = [];
  await each(some, async ({ entry, prefix, who }) => {
    const { verdict, text } = await world.ask(who, entry, prefix);
    const expected = entry.expected[who];
    const fits = isWrite(entry) && passes(expected) ? passes(verdict) : verdict === expected;
    if (!fits) found.push(`${who}: ${entry.method} ${prefix}${entry.address} (${entry.what}) is ${verdict}, not ${expected}`);
    for (const words of leaked(text, who)) found.push(`${words} for ${who}: ${entry.method} ${prefix}${entry.address}`);
  });
  return found.sort();
}

/** What was told to outsiders and is not for them. */
async function leaks(some: Check[]): Promise<string[]> {
  const found: string[] = [];
  await each(some, async ({ entry, prefix, who }) => {
    for (const words of leaked((await world.ask(who, entry, prefix)).text, who)) found.push(`${words} for ${who}: ${entry.method} ${prefix}${entry.address}`);
  });
  return found.sort();
}

const entry = (address: string, more: Partial<Entry> = {}): Entry => ({ what: '', method: 'GET', address, expected: {} as never, ...more });

/** Pages and routes of some tickets. */
const ofTickets = (some: number[]) => some.flatMap((number) => [
  ...[`/tickets/${number}`, `/el/tickets/${number}`, `/tickets/${number}/rating`, `/agent/tickets/${number}`].map((address) => ({ entry: entry(address), prefix: '' })),
  ...['', '/messages'].map((route) => ({ entry: entry(`/tickets/${number}${route}`), prefix: '/api/v1' })),
]);

/** Lists and searches that look everywhere. */
const lists = [
  ...['/tickets?state=solved', '/tickets?whose=account', '/tickets?whose=account&state=solved', '/tickets?whose=copied', `/tickets?q=${PLANT}`, `/tickets?q=${PLANT}&whose=account`, `/tickets?q=${PLANT}&state=solved`, `/search?q=${PLANT}`, `/agent/search?q=${PLANT}`, '/agent/search?q=9001', `/tags/${PLANT}`, '/mentions?topic=1&q=zq', `/forum/new?title=${PLANT}`, '/nowhere'].map((address) => ({ entry: entry(address), prefix: '' })),
  ...[`/search?q=${PLANT}`, `/suggestions?q=${PLANT}`, `/tickets?q=${PLANT}`, '/tickets?status=open', '/tickets?status=closed', '/tickets?limit=100', '/search?q=zq*'].map((address) => ({ entry: entry(address), prefix: '/api/v1' })),
];

test('every page and every route of the router’s own table is in matrix.md, and nothing else', async () => {
  expect(files.filter((file) => !pages.some(({ what }) => what === file))).toEqual([]);
  expect(pages.map(({ what }) => what).filter((what) => !files.includes(what))).toEqual([]);
  const { paths } = JSON.parse((await world.visit('/api/v1/openapi.json')).html) as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(routes.filter((route) => !api.some(({ what }) => what === route))).toEqual([]);
  expect(api.map(({ what }) => what).filter((what) => !routes.includes(what))).toEqual([]);
});

test('two hundred secrets, each different, and staff find every one', { timeout: 120_000 }, async () => {
  expect(new Set(secrets.map(({ words }) => words)).size).toBe(200);
  const seen = new Set<string>();
  const attached = (await world.sql("select id, name from attachments where name like 'zq%'")).map(({ id, name }) => `/files/${id}/${name}`);
  const macros = (await world.sql("select id from macros where name like 'zq%'")).map(({ id }) => `/agent/macros/${id}`);
  const asked = [...['', '/history', '/history.json', '/side', '/links', '/print?notes=1'].map((page) => `/agent/tickets/9001${page}`), '/agent', '/agent/macros', '/csm/accounts/<acme>', ...attached, ...macros, ...numbers.map((number) => `/agent/tickets/${number}`), '/admin/groups'];
  await each(asked, async (address) => {
    for (const who of ['CSM', 'admin', 'light agent'] as const) for (const words of foundIn((await world.ask(who, entry(address))).text, who)) seen.add(words);
  });
  expect(secrets.map(({ words }) => words).filter((words) => !seen.has(words))).toEqual([]);
});

test('who may read what, told without secrets, and a refused change changes nothing', { timeout: 300_000 }, async () => {
  const safe = checks.filter((check) => !isAllowed(check));
  // What follows from the making of this world is told first.
  await world.worker.tick('* * * * *');
  const before = await world.fingerprint();
  expect(await wrongs(safe)).toEqual([]);
  expect(await world.fingerprint()).toEqual(before);
  expect(checks.length).toBeGreaterThan(1_000);
});

test('those see it for whom it is', async () => {
  const ticket = pages.find(({ address }) => address === '/agent/tickets/9001')!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect((await world.ask(who, ticket)).text).toContain('canary-of-a-note');
  const topic = pages.find(({ address }) => address.startsWith('/forum/topics/1/'))!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect([who, (await world.ask(who, topic)).text.includes('canary-of-a-plan')]).toEqual([who, true]);
  const account = pages.find(({ address }) => address === '/csm/accounts/<acme>')!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect([who, (await world.ask(who, account)).text.includes('canary-of-health')]).toEqual([who, true]);
  for (const page of [ticket, topic, account]) expect([page.what, (await world.ask('agent', page)).text.includes('data-health')]).toEqual([page.what, true]);
  expect((await world.ask('customer', pages.find(({ address }) => address === '/tickets/9001')!)).text).toContain('canary-of-chris');
});

test('no ticket near a secret, list or search shows it to whom it is not for', { timeout: 300_000 }, async () => {
  expect(await leaks(asAll([...ofTickets(numbers), ...lists], outsiders))).toEqual([]);
});

test('nor do the links of guests', async () => {
  const found: string[] = [];
  const links = [9001, ...numbers.filter((number) => number > 9002)].flatMap((number) => [guestLink(SECRET, number), ratingLink(SECRET, number), `/el${guestLink(SECRET, number)}`]);
  const whose = new Map((await world.sql("select t.number, u.email from tickets t join users u on u.id = t.requester_id")).map(({ number, email }) => [Number(number), String(email)]));
  await each(links, async (link) => {
    const { html, headers } = await world.visit(link);
    const reader = whose.get(Number(/tickets\/(\d+)/.exec(link)![1])) === 'nikos@olive.test' ? 'other account' : 'guest';
    for (const words of foundIn(html + JSON.stringify([...headers]), reader)) found.push(`${words}: ${link}`);
  });
  expect(found).toEqual([]);
});

test('a search for one of them is answered like a search for nothing', { timeout: 120_000 }, async () => {
  const answer = async (who: Principal, words: string) => (await Promise.all([['/search?q=', ''], ['/tickets?q=', ''], ['/tickets?whose=account&q=', ''], ['/agent/search?q=', ''], ['/search?q=', '/api/v1'], ['/suggestions?q=', '/api/v1'], ['/tickets?q=', '/api/v1']].map(async ([path, prefix]) => (await world.ask(who, entry(path! + words), prefix!)).text.replace(/^.*?\]\] /s, '').replace(/ name="once" value="[^"]*"/, '').replaceAll(words, '…')))).join('\n');
  await world.worker.tick('* * * * *');
  const own = secrets.find(({ kind }) => kind === 'own')!.words;
  expect((await world.ask('customer', entry(`/tickets?q=${own}`))).text).toContain('/tickets/9001');
  for (const who of ['customer', 'visitor'] as const) {
    const nothing = await answer(who, 'zq999nothing');
    await each(secrets.filter(({ theirs }) => !theirs.includes(who)), async ({ words }) => expect([words, await answer(who, words)]).toEqual([words, nothing]));
  }
});

test('staff find each note and what a merge brought by its words, and light agents too', async () => {
  await world.worker.tick('* * * * *');
  const notes = secrets.filter(({ kind }) => ['note', 'mention', 'internalbody', 'mergedanswer'].includes(kind));
  expect(notes.length).toBeGreaterThan(40);
  await each(notes, async ({ words, kind }) => {
    for (const who of ['light agent', 'CSM'] as const) expect([who, kind, (await world.ask(who, entry(`/agent/search?q=${words}`))).text]).toEqual([who, kind, expect.stringMatching(/class="title" href="\/agent\/tickets\/\d+"/)]);
  });
});

test('files of notes are handed to nobody outside, link or not', async () => {
  const ids = (await world.sql("select id, name from attachments where name like 'zq%'")).map(({ id, name }) => `/files/${id}/${name}`);
  expect(ids).toHaveLength(10);
  const key = new URL(guestLink(SECRET, 9001), world.url).search;
  await each(ids.flatMap((path) => outsiders.map((who) => ({ path, who }))), async ({ path, who }) => {
    for (const address of [path, `${path}${key}&ticket=9001`]) {
      const { verdict, text } = await world.ask(who, entry(address));
      expect([who, address, verdict, text.includes(PLANT)]).toEqual([who, address, who === 'forum token' ? '403' : '404', false]);
    }
  });
});

test('the copies that people take of everything about them hold none that is not theirs', async () => {
  for (const [who, email] of [['customer', 'chris@acme.test'], ['other account', 'nikos@olive.test'], ['account admin', 'dora@acme.test']] as const) {
    const cookie = await world.signedIn(email);
    const asked = await world.visit('/settings/privacy', { cookie, form: { action: 'copy' } });
    const page = await world.visit(asked.headers.get('location')!, { cookie });
    const link = /href="(\/settings\/privacy\/copy\?key=[^"]+)"/.exec(page.html)![1]!;
    const zip = unzipSync(new Uint8Array(await (await fetch(world.url + link, { headers: { cookie } })).arrayBuffer()));
    const text = Object.entries(zip).map(([name, bytes]) => `${name} ${strFromU8(bytes)}`).join('\n');
    expect([who, foundIn(text, who)]).toEqual([who, []]);
    if (who !== 'account admin') expect([who, secrets.some(({ words, kind }) => ['own', 'late'].includes(kind) && text.includes(words))]).toEqual([who, true]);
  }
});

/** Number of each ticket → its mark, another one whenever anything of it became another (`0062_marks.sql`). */
const marks = async () => new Map((await world.sql('select t.number, m.mark from tickets t join marks m on m.thing = t.id')).map(({ number, mark }) => [Number(number), String(mark)]));
const isSender = ({ who }: Check) => ['write token', 'colleague', 'account admin', 'other account', 'visitor'].includes(who);

test('what outsiders send is answered without them, and shows none of them after', { timeout: 300_000 }, async () => {
  const before = await marks();
  expect(await wrongs(changes.filter(isSender))).toEqual([]);
  const bodies = [{ action: 'reply', body: '' }, { action: 'reply', visibility: 'internal', body: 'A note?' }, { action: 'close' }, { action: 'reopen' }, { action: 'copy', email: 'nobody' }, { action: 'undo', id: 'x' }];
  const found: string[] = [];
  await each(numbers.filter((number) => number >= 9001).flatMap((number) => (['customer', 'account admin', 'colleague', 'other account', 'visitor'] as const).map((who) => ({ number, who }))), async ({ number, who }) => {
    for (const body of bodies) for (const words of leaked((await world.ask(who, entry(`/tickets/${number}`, { method: 'POST', body: body as never }))).text, who)) found.push(`${words} for ${who}: ${JSON.stringify(body)} to ${number}`);
  });
  expect(found).toEqual([]);
  const now = await marks();
  const changed = numbers.filter((number) => now.get(number) !== before.get(number));
  expect(changed).toEqual(expect.arrayContaining([9001, 9002]));
  const again = all.filter(({ entry }) => !isWrite(entry) && /tickets|notifications/.test(entry.address));
  expect(await leaks(asAll([...again, ...ofTickets(changed), ...lists.filter(({ entry }) => entry.address.startsWith('/tickets'))], outsiders))).toEqual([]);
});

/** Sends what somebody was told as a letter of its own, which says more than one of many things. */
async function mailed(notification: string): Promise<void> {
  await world.sql("update notifications set mail = case id when ? then 'due' else 'done' end, seen_at = null, created_at = 1", [notification]);
  await world.worker.tick('* * * * *');
}

test('no letter to anybody outside holds one, but the vendor’s own', { timeout: 120_000 }, async () => {
  const told = await world.sql("select n.id from notifications n join users u on u.id = n.user_id where u.role in ('customer', 'moderator') and n.ticket_id is not null");
  for (const { id } of told) await mailed(String(id));
  await world.ask('agent', entry('/agent/tickets/9001', { method: 'POST', body: { action: 'reply', visibility: 'internal', body: '@<ada> a word for staff' } }));
  await expect.poll(async () => (await world.sql("select n.id from notifications n join ticket_messages m on m.id = n.about where m.body like '%a word for staff'")).length, { timeout: 10_000 }).toBeGreaterThan(0);
  await mailed(String((await world.sql("select n.id from notifications n join ticket_messages m on m.id = n.about where m.body like '%a word for staff' and n.kind = 'mentioned'"))[0]!['id']));
  await expect.poll(() => letters.some(({ to, text }) => to === 'ada@stoa.test' && text.includes('a word for staff')), { timeout: 10_000 }).toBe(true);
  const reader = (to: string) => ({ 'chris@acme.test': 'customer', 'nikos@olive.test': 'other account', 'dora@acme.test': 'account admin' })[to] ?? (/@vendor\d/.test(to) ? 'vendor' : to);
  const outside = letters.filter(({ to }) => !to.endsWith('@stoa.test'));
  expect(outside.flatMap(({ to, text }) => foundIn(text, reader(to)).map((words) => `${words} in a letter to ${to}`))).toEqual([]);
  for (const who of ['customer', 'other account', 'vendor']) expect([who, outside.some(({ to }) => reader(to) === who)]).toEqual([who, true]);
});

test('who may change what, told without secrets', { timeout: 180_000 }, async () => {
  const left = checks.filter((check) => isAllowed(check) && !(changes.includes(check) && isSender(check)));
  const [leaving, revoking] = [left.filter(({ entry }) => entry.what === '/sign-out'), left.filter(({ entry }) => entry.what === 'DELETE /tokens/{id}')];
  const found = await wrongs(left.filter((check) => !leaving.includes(check) && !revoking.includes(check)));
  // A token can be taken away once: each finds it there.
  for (const one of revoking) {
    await world.giveTokens();
    found.push(...(await wrongs([one])));
  }
  expect(revoking.length).toBeGreaterThan(1);
  expect([...found, ...(await wrongs(leaving))]).toEqual([]);
});
