import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../worker/database/open.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const from = (network: string) => ({ headers: { 'x-forwarded-for': network } });
const firstHit = (html: string) => /<a class="title" href="([^"]+)"/.exec(html)![1]!;

/** What staff are shown of a search, once these figures are among it, or nothing where they never are. */
async function reported(words: string, figures: number[]): Promise<number[]> {
  const agnes = await world.signedIn('agnes@stoa.test');
  for (let i = 0; i < 40; i++) {
    const { html } = await world.visit('/agent/searches', { cookie: agnes });
    const row = new RegExp(`>${words}</bdi></a></th>(.*?)</tr>`, 's').exec(html)?.[1] ?? '';
    const shown = [...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => Number(cell)).slice(0, figures.length);
    if (JSON.stringify(shown) === JSON.stringify(figures)) return shown;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return [];
}

test('what people search for, follow and write after all is told to staff, without a script, a parameter or a redirect', async () => {
  const people = from('203.0.113.7');
  const found = await world.visit('/search?q=sms+reminders', people);
  await world.visit('/search?q=SMS+reminder', people);
  const hit = firstHit(found.html);
  expect(hit).not.toContain('?q=');
  const read = await world.visit(hit, { headers: { ...people.headers, referer: `${world.url}/search?q=sms+reminders` } });
  expect(read.status).toBe(200);
  await world.visit(hit, { headers: { ...people.headers, referer: `https://elsewhere.example/search?q=sms+reminders` } });
  expect((await world.visit('/search?q=zzyzx+qwv', people)).html).toContain('href="/tickets/new?searched=zzyzx+qwv"');
  const form = await world.visit('/tickets/new?searched=zzyzx+qwv', people);
  expect(form.html).toContain('value="zzyzx qwv"');
  expect((await world.visit('/tickets/new?searched=zzyzx+qwv', { ...people, form: { email: 'guest@example.org', subject: 'zzyzx qwv', body: 'Nothing helps.', priority: 'normal', once: drawn() } })).status).toBe(303);
  const agnes = await world.signedIn('agnes@stoa.test');
  await world.visit('/search?q=only+agnes', { cookie: agnes });
  for (const [words, figures] of [['sms reminders', [1, 0, 1, 1, 0, 0]], ['zzyzx qwv', [1, 1, 0, Number.NaN, 0, 1]]] as const) expect([words, await reported(words, [...figures])]).toEqual([words, figures]);
  const page = await world.visit('/agent/searches', { cookie: agnes });
  expect([page.roundTrips, page.html.includes('<svg'), page.html.includes('only agnes'), page.html.includes('<script')]).toEqual([1, true, false, false]);
  const [tables] = await world.rows("select group_concat(sql, ' ') s from sqlite_master where name in ('search_days', 'search_queries')");
  expect(String(tables!['s'])).not.toMatch(/user|person|network|visitor|address/);
});

test('the API tells staff the same', async () => {
  const agnes = await world.signedIn('agnes@stoa.test');
  const { items } = JSON.parse((await world.visit('/api/v1/searches?show=empty', { cookie: agnes })).html) as { items: object[] };
  expect(items).toMatchObject([{ words: 'zzyzx qwv', searches: 1, empty: 1, place: null, tickets: 1 }]);
  expect((await world.visit('/api/v1/searches')).status).toBe(401);
});

test('who searches more than twenty times a minute is asked to wait, keeps what was typed, and costs no search', async () => {
  const one = from('203.0.113.50');
  const answers = [];
  for (let i = 0; i < 21; i++) answers.push(await world.visit('/el/search?q=λογαριασμός+"μου"', one));
  expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(200));
  const last = answers[20]!;
  expect([last.status, last.roundTrips, Number(last.headers.get('retry-after')) > 0, last.html.includes('value="λογαριασμός &quot;μου&quot;"'), last.html.includes('Περιμένετε')]).toEqual([429, 0, true, true, true]);
  const api = await world.visit('/api/v1/search?q=sms', one);
  expect([api.status, Number(api.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect([(await world.visit('/search', one)).status, (await world.visit('/search?q=sms', from('203.0.113.51'))).status]).toEqual([200, 200]);
});

test('a search with a typing error shows what was meant, in a second round trip, and leads to what was typed', async () => {
  const db = openDatabase({ url: world.database.url, patience: 30_000 });
  await gatherWords.work({ db, gate: gateOf(db), now: new Date(), secret: '', url: '' });
  const answer = await world.visit('/search?q=calandars&type=topic');
  expect([answer.roundTrips, /Results for <strong[^>]*><bdi[^>]*>calendars?<\/bdi><\/strong>\. Search instead for <a href="\/search\?q=calandars&amp;type=topic&amp;exact=1"[^>]*><bdi[^>]*>calandars</.test(answer.html), answer.html.includes('class="passage"')]).toEqual([2, true, true]);
  expect(/Αποτελέσματα για <strong[^>]*><bdi[^>]*>εξαγωγή<\/bdi><\/strong>/.test((await world.visit('/el/search?q=εξαγογή')).html)).toBe(true);
  const exact = await world.visit('/search?q=calandars&exact=1');
  expect([exact.roundTrips, /Did you mean <a href="\/search\?q=calendars?"[^>]*><strong[^>]*><bdi[^>]*>calendars?</.test(exact.html), exact.html.includes('class="passage"')]).toEqual([1, true, false]);
  const both = await world.visit('/search?q=calandars+reminders');
  expect([both.roundTrips, both.html.includes('Also with results for'), both.html.includes('Search only for')]).toEqual([2, true, true]);
  const plain = await world.visit('/search?q=calendar');
  expect([plain.roundTrips, /Did you mean|Results for|Also with/.test(plain.html)]).toEqual([1, false]);
  const { meant, items } = JSON.parse((await world.visit('/api/v1/search?q=calandars')).html) as { meant: string; items: unknown[] };
  expect([/^calendars?$/.test(meant), items.length > 0]).toEqual([true, true]);
  const literal = JSON.parse((await world.visit('/api/v1/search?q=calandars&exact=1')).html) as { meant: string; items: unknown[] };
  expect([/^calendars?$/.test(literal.meant), literal.items]).toEqual([true, []]);
  const { items: suggested } = JSON.parse((await world.visit('/api/v1/suggestions?q=calandars')).html) as { items: unknown[] };
  expect(suggested.length).toBeGreaterThan(0);
});
