import { afterAll, beforeAll, expect, test } from 'vitest';
import { setupLink } from '../../worker/people/secret.ts';
import { edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge({ demo: false })));
afterAll(() => world?.close());

const link = setupLink(SECRET);
const owner = { name: 'Olga Owner', email: 'olga@example.org', password: 'a long enough sentence', again: 'a long enough sentence' };

test('an empty workspace leads to its welcome, in both languages, which gives a stranger no form', async () => {
  for (const [from, to] of [['/', '/welcome'], ['/sign-in', '/welcome'], ['/el', '/el/welcome']] as const) {
    const page = await world.visit(from);
    expect([page.status, page.headers.get('location'), page.roundTrips]).toEqual([303, to, 1]);
  }
  for (const path of ['/welcome', '/welcome?key=guess', '/el/welcome?key=%00']) {
    const page = await world.visit(path);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('name="password"');
  }
  expect((await world.visit('/welcome?key=guess', { form: owner })).status).toBe(403);
});

test('a guest who writes before the owner came changes nothing of that', async () => {
  expect((await world.visit('/tickets/new', { form: { email: 'early@example.org', subject: 'Anybody here?', body: 'Hello.', anyway: '1' } })).status).toBe(303);
  expect((await world.visit('/')).headers.get('location')).toBe('/welcome');
});

test('the link shows the form; what is missing is named, and kept what was typed', async () => {
  expect((await world.visit(link)).html).toContain('name="password"');
  const refused = await world.visit(link, { form: { ...owner, password: 'short', again: 'other' } });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('value="Olga Owner"');
  expect(refused.html).toContain('id="password-issue"');
  expect(refused.html).not.toContain('value="short"');
});

test('of four who claim it at once one gets it, signed in and led to what comes next; then the door is shut', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, (_, i) => world.visit(link, { form: { ...owner, email: `olga${i}@example.org` } })));
  const won = answers.filter(({ headers }) => headers.get('location') === '/welcome');
  expect(won).toHaveLength(1);
  expect((await world.rows(`select count(*) as n from users where role = 'admin'`))[0]!['n']).toBe(1);
  const cookie = won[0]!.headers.getSetCookie()[0]!.split(';')[0]!;
  const list = await world.visit(won[0]!.headers.get('location')!, { cookie });
  expect(list.html).toContain('The workspace is yours, Olga Owner');
  expect((await world.visit('/agent', { cookie })).status).toBe(200);
  await expect.poll(async () => (await world.visit('/forum/new', { cookie })).html, { timeout: 10_000 }).toContain('value="general"');
  expect((await world.visit(link)).headers.get('location')).toBe('/sign-in');
  expect((await world.visit('/')).status).toBe(200);
  expect((await world.visit(link, { form: { ...owner, email: 'late@example.org' } })).headers.get('location')).toBe('/sign-in');
  expect((await world.visit('/welcome', { cookie })).status).toBe(200);
});
