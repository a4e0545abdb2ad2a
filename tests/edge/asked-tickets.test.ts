import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [chris, agnes, ada] = ['', '', ''];
beforeAll(async () => {
  world = await edge();
  [chris, agnes, ada] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test'), await world.signedIn('ada@stoa.test')];
});
afterAll(() => world?.close());

const post = (path: string, cookie: string, form: Record<string, string>) => world.visit(path, { cookie, form: { ...form, once: drawn() } });
const ask = async (subject: string, body: string) => Number(/\d+$/.exec((await post('/tickets/new', chris, { subject, body, anyway: '1' })).headers.get('location')!)![0]);
const titles = (html: string) => [...html.matchAll(/<a class="title" href="[^"]*">([^<]*)<\/a>/g)].map(([, title]) => title);

test('without script: admins choose good or bad, the ticket and its form ask that, and the report tells each scale by itself', async () => {
  const number = await ask('Zzyzx of the scale', 'Help.');
  const refused = await post('/admin/ratings', ada, { scale: '3', hours: '999' });
  expect([refused.status, refused.html.includes('id="scale-issue"'), refused.html.includes('id="hours-issue"')]).toEqual([422, true, true]);
  expect((await post('/admin/ratings', ada, { scale: '2', hours: '1' })).headers.get('location')).toBe('/admin/ratings?saved=1');
  await post(`/tickets/${number}`, chris, { action: 'close' });
  const page = await world.visit(`/tickets/${number}`, { cookie: chris });
  expect([page.roundTrips, page.html.match(/rating\?score=\d/g)]).toEqual([1, ['rating?score=2', 'rating?score=1']]);
  const form = await world.visit(`/tickets/${number}/rating?score=2`, { cookie: chris });
  expect([form.roundTrips, form.html.match(/name="score" value="\d"( checked)?/g)]).toEqual([1, ['name="score" value="2" checked', 'name="score" value="1"']]);
  expect((await post(`/tickets/${number}/rating`, chris, { score: '5' })).status).toBe(422);
  expect((await post(`/tickets/${number}/rating`, chris, { score: '1', reason: 'slow', comment: 'A day.' })).status).toBe(303);
  expect((await world.visit(`/tickets/${number}`, { cookie: chris })).html).toContain('You rated it: bad.');
  expect((await world.visit(`/agent/tickets/${number}`, { cookie: agnes })).html).toContain('Rated: bad');
  const report = await world.visit('/agent/ratings', { cookie: agnes });
  expect([report.roundTrips, ['Good or bad', 'Five points', '“good” counts', '4 and 5 count', 'Rated: bad', 'of 5:'].filter((words) => !report.html.includes(words))]).toEqual([1, []]);
  const token = await world.visit('/api/v1/surveys/rating', { cookie: ada });
  expect([token.status, JSON.parse(token.html)]).toEqual([200, { scale: 2, hours: 1 }]);
});

test('without script: customers search among their tickets, and stay in their tab', async () => {
  const number = await ask('Quillwort on the Schedule', 'The **lanterns** are out.');
  await post(`/agent/tickets/${number}`, agnes, { action: 'reply', visibility: 'internal', body: 'A hellebore of ours.' });
  await world.worker.tick('* * * * *');
  const list = await world.visit('/tickets?q=lantern&whose=mine&state=open', { cookie: chris });
  expect([list.roundTrips, titles(list.html), list.html.includes('name="state" value="open"'), /href="\/tickets\?state=solved&(amp;|#38;)?whose=mine&(amp;|#38;)?q=lantern"/.test(list.html)]).toEqual([1, ['Quillwort on the Schedule'], true, true]);
  for (const [question, found] of [['quillworts', 1], [`%23${number}`, 1], ['hellebore', 0], ['"', 0]] as const) expect([question, titles((await world.visit(`/tickets?q=${question}`, { cookie: chris })).html).length]).toEqual([question, found]);
  expect((await world.visit('/tickets?q=hellebore', { cookie: chris })).html).toContain('None of these tickets holds “<bdi>hellebore</bdi>”.');
  const nikos = await world.signedIn('nikos@olive.test');
  for (const path of ['/el/tickets?q=lantern', '/el/tickets?q=lantern&whose=copied']) expect(titles((await world.visit(path, { cookie: nikos })).html)).toEqual([]);
  const api = async (cookie: string, question: string) => (JSON.parse((await world.visit(`/api/v1/tickets?q=${question}`, { cookie })).html) as { items: { number: number }[] }).items.map((one) => one.number);
  expect([await api(chris, 'lantern'), await api(nikos, 'lantern'), await api(chris, 'hellebore')]).toEqual([[number], [], []]);
});

test('without script: what is split off gets the form that was chosen', async () => {
  const number = await ask('Two things of Chris', 'One.');
  const page = await world.visit(`/agent/tickets/${number}/split`, { cookie: agnes });
  const [message] = /name="messages(?:\[\])?" value="(msg_\w+)"/.exec(page.html)!.slice(1);
  const [form] = /<select[^>]*name="form"[^>]*>.*?<option value="(frm_\w+)"/s.exec(page.html)!.slice(1);
  const split = await post(`/agent/tickets/${number}/split`, agnes, { 'messages[]': message!, mode: 'copy', subject: 'Apart', form: form! });
  const apart = await world.visit(split.headers.get('location')!, { cookie: agnes });
  expect([page.roundTrips, split.status, new RegExp(`<option value="${form}" selected`).test(apart.html)]).toEqual([1, 303, true]);
});

test('the first page shows who is signed in their newest open tickets, and nobody else’s', async () => {
  const number = await ask('Damselfly beside the pond', 'Help.');
  const home = async (cookie?: string) => world.visit('/', cookie ? { cookie } : {});
  const [theirs, anothers, visitors] = [await home(chris), await home(agnes), await home()];
  expect([theirs, anothers, visitors].map(({ html, roundTrips }) => [html.includes('Damselfly beside the pond'), roundTrips])).toEqual([[true, 1], [false, 1], [false, 1]]);
  await post(`/tickets/${number}`, chris, { action: 'close' });
  expect((await home(chris)).html).not.toContain('Damselfly beside the pond');
});
