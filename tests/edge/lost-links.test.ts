import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailedLink } from '../../worker/tickets/link.ts';
import { drawn, edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const numberIn = (address: string) => Number(/\/tickets\/(\d+)/.exec(address)![1]);

/** A ticket that somebody opens by typing an address; its link. */
async function typed(email: string, subject: string, prefix = ''): Promise<string> {
  const { headers } = await world.visit(`${prefix}/tickets/new`, { form: { subject, body: `Words of ${subject}.`, email, anyway: '1', once: drawn() } });
  return headers.get('location')!;
}

/** The newest letter with links to an address. */
async function letterTo(address: string) {
  const [letter] = await world.rows("select text, locale from mails where to_address = ? and purpose = 'links' order by created_at desc, id desc limit 1", [address]);
  return { text: String(letter?.['text']), locale: letter?.['locale'] };
}

test('a visitor finds the form where /tickets and a dead link lead, and the letter opens the ticket', async () => {
  const link = await typed('lost@far.test', 'Lost okapi', '/el');
  const doors = await Promise.all(['/el/tickets', `/el/tickets/${numberIn(link)}?key=wrong`].map(async (path) => (await world.visit(path)).headers.get('location')!));
  for (const door of doors) {
    const { html } = await world.visit(door);
    expect(html).toMatch(/<h2 id="links"[^>]*>Ανοίξατε αίτημα χωρίς σύνδεση;[\s\S]*<form method="post" action="\/el\/tickets\/links"[\s\S]*name="email"/);
  }
  expect((await world.visit(doors[1]!)).html).toContain('href="#links"');
  for (const path of ['/sign-in', '/sign-in?next=%2Ftickets%2Fnew', '/sign-in?next=%2Fforum']) expect((await world.visit(path)).html).not.toContain('id="links"');
  const wrong = await world.visit('/el/tickets/links', { form: { email: 'lost at far' } });
  expect([wrong.status, wrong.html.includes('value="lost at far"')]).toEqual([422, true]);
  expect(wrong.html).toMatch(/id="email-issue">Γράψτε/);
  const sent = await world.visit('/tickets/links', { form: { email: ' Lost@far.test ' } });
  expect([sent.status, sent.headers.get('location'), sent.roundTrips]).toEqual([303, '/tickets/links?sent=1', 2]);
  expect((await world.visit('/tickets/links?sent=1')).html).toContain('It says how to get to your tickets.');
  const { text, locale } = await letterTo('lost@far.test');
  expect([locale, text.includes(`\n\nΑίτημα ${numberIn(link)}: `), text.includes('okapi')]).toEqual(['el', true, false]);
  const address = new RegExp(`(/el/tickets/${numberIn(link)}\\?key=\\S+)`).exec(text)![1]!;
  expect((await world.visit(address)).html).toContain('Words of Lost okapi.');
});

test('the link of who typed somebody else’s address reads nothing of their ticket once staff merged it there; whoever has the address gets a link that does', async () => {
  const agnes = await world.signedIn('agnes@stoa.test');
  const [victims, strangers] = [await typed('victim@far.test', 'Invoice quagga'), await typed('victim@far.test', 'The same invoice')];
  const [into, number] = [numberIn(victims), numberIn(strangers)];
  const form = await world.visit(`/agent/tickets/${into}/merge`, { cookie: agnes });
  expect(form.html).toContain(`The address of tickets ${into}, ${number} was typed without signing in, and nobody confirmed it`);
  expect(form.roundTrips).toBe(1);
  const merged = await world.visit(`/agent/tickets/${into}/merge`, { cookie: agnes, form: { action: 'here', 'sources[]': String(number), once: drawn() } });
  expect(merged.status).toBe(303);
  for (const path of [strangers, strangers.replace('?', '/rating?'), victims]) {
    const answer = await world.visit(path);
    expect([path, answer.status, answer.html.includes('quagga')]).toEqual([path, 303, false]);
    expect(answer.headers.get('location')).toContain('/sign-in?next=');
  }
  const reply = await world.visit(strangers, { form: { action: 'reply', body: 'By the old link.', once: drawn() } });
  expect([reply.status, reply.html.includes('quagga'), reply.headers.get('location') ?? '']).not.toContain(expect.stringContaining('key='));
  await world.visit('/tickets/links', { form: { email: 'victim@far.test' } });
  const { text } = await letterTo('victim@far.test');
  expect([...text.matchAll(/key=/g)]).toHaveLength(1);
  const address = /(\/tickets\/\d+\?key=\S+)/.exec(text)![1]!;
  expect(address).toBe(mailedLink(SECRET, into));
  const page = await world.visit(address);
  expect([page.status, page.html.includes('Words of Invoice quagga.'), page.html.includes('Words of The same invoice.')]).toEqual([200, true, true]);
});

test('it does where staff chose that others take part', async () => {
  const [agnes, chris] = await Promise.all(['agnes@stoa.test', 'chris@acme.test'].map((email) => world.signedIn(email)));
  const opened = await world.visit('/tickets/new', { cookie: chris!, form: { subject: 'Mine', body: 'Words of Chris, dugong.', anyway: '1', once: drawn() } });
  const strangers = await typed('chris@acme.test', 'By the link');
  const merged = await world.visit(`/agent/tickets/${numberIn(strangers)}/merge`, { cookie: agnes!, form: { action: 'away', into: String(numberIn(opened.headers.get('location')!)), share: 'on', once: drawn() } });
  expect(merged.status).toBe(303);
  const led = await world.visit(strangers);
  expect(led.status).toBe(301);
  expect((await world.visit(led.headers.get('location')!)).html).toContain('dugong');
});

test('before staff let somebody in on a ticket of such an address, they read that whoever typed it will read it all', async () => {
  const [agnes, chris] = await Promise.all(['agnes@stoa.test', 'chris@acme.test'].map((email) => world.signedIn(email)));
  const opened = numberIn((await world.visit('/tickets/new', { cookie: chris!, form: { subject: 'Apart', body: 'Words of Chris, manatee.', anyway: '1', once: drawn() } })).headers.get('location')!);
  const strangers = await typed('nobody-confirmed@far.test', 'By a stranger');
  await world.visit(`/agent/tickets/${opened}/merge`, { cookie: agnes!, form: { action: 'away', into: String(numberIn(strangers)), once: drawn() } });
  expect((await world.visit(strangers)).html).not.toContain('manatee');
  const { html } = await world.visit(`/agent/tickets/${opened}/unmerge`, { cookie: agnes! });
  expect(html).toContain(`The address of ticket ${numberIn(strangers)} was typed without signing in`);
  await world.visit(`/agent/tickets/${opened}/unmerge`, { cookie: agnes!, form: { action: 'share', confirmed: 'on', once: drawn() } });
  expect((await world.visit(strangers)).html).toContain('manatee');
});

test('the link of a letter leads to what the ticket became part of, for reading, files, answers and ratings; the one that was shown does not', async () => {
  const agnes = await world.signedIn('agnes@stoa.test');
  const [first, second] = [await typed('twice@far.test', 'Narwhal'), await typed('twice@far.test', 'Narwhal again')];
  const [number, into] = [numberIn(first), numberIn(second)];
  const write = (at: number, status: string) => world.visit(`/agent/tickets/${at}`, { cookie: agnes, form: { action: 'reply', body: 'Words of Agnes.', visibility: 'public', status, once: drawn() } });
  await write(number, 'pending');
  const letter = async () => {
    await world.rows('update notifications set created_at = created_at - 60000');
    await world.worker.tick('* * * * *');
    return String((await world.rows("select text from mails where to_address = 'twice@far.test' order by created_at desc limit 1"))[0]?.['text']);
  };
  await expect.poll(letter, { timeout: 10_000 }).toContain('Words of Agnes.');
  const mailed = new RegExp(`(/tickets/${number}\\?key=\\S+)`).exec(await letter())![1]!;
  expect(mailed).not.toBe(first);
  expect((await world.visit(mailed)).html).toContain('Words of Narwhal.');
  expect((await world.visit(`/agent/tickets/${into}/merge`, { cookie: agnes, form: { action: 'here', 'sources[]': String(number), once: drawn() } })).status).toBe(303);

  const led = await world.visit(`/el${mailed}`);
  expect([led.status, led.headers.get('location')]).toEqual([301, `/el${mailedLink(SECRET, into)}`]);
  const page = await world.visit(led.headers.get('location')!);
  expect([page.status, page.roundTrips, page.html.includes('Words of Narwhal.'), page.html.includes('Words of Narwhal again.')]).toEqual([200, 1, true, true]);
  const said = await world.visit(mailed, { form: { action: 'reply', body: 'By the letter.', once: drawn() } });
  expect([said.status, said.headers.get('location')!.split('#')[0]]).toEqual([303, mailedLink(SECRET, into)]);
  await write(into, 'solved');
  const rating = await world.visit(`${mailed.replace('?', '/rating?')}&score=4`);
  expect([rating.status, rating.headers.get('location')]).toEqual([302, `${mailedLink(SECRET, into).replace('?', '/rating?')}&score=4`]);
  expect((await world.visit(rating.headers.get('location')!)).status).toBe(200);
  for (const shown of [first, second, `${first}.m0`, `${second}.m0`]) expect([shown, (await world.visit(shown)).status]).toEqual([shown, 303]);
});

test('a key that is none makes no link to what a ticket became part of, for whoever sees that signed in', async () => {
  const [agnes, chris, dora] = await Promise.all(['agnes@stoa.test', 'chris@acme.test', 'dora@acme.test'].map((email) => world.signedIn(email)));
  const asks = async (subject: string) => numberIn((await world.visit('/tickets/new', { cookie: chris!, form: { subject, body: `Words of ${subject}.`, anyway: '1', once: drawn() } })).headers.get('location')!);
  const [part, whole] = [await asks('Part'), await asks('Whole')];
  await world.visit(`/agent/tickets/${whole}/merge`, { cookie: agnes!, form: { action: 'here', 'sources[]': String(part), once: drawn() } });
  for (const cookie of [chris!, dora!, agnes!]) {
    const [ticket, rating] = [await world.visit(`/tickets/${part}?key=none.m0`, { cookie }), await world.visit(`/tickets/${part}/rating?key=none.m0&score=3`, { cookie })];
    expect([ticket.status, ticket.headers.get('location')]).toEqual([301, `/tickets/${whole}`]);
    expect(rating.headers.get('location') ?? '').not.toContain('key=');
  }
  const said = await world.visit(`/tickets/${part}?key=none`, { cookie: chris!, form: { action: 'reply', body: 'More.', once: drawn() } });
  expect([said.status, said.headers.get('location')!.split('#')[0]]).toEqual([303, `/tickets/${whole}`]);
});
