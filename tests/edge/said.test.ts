import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('every line of every account’s timeline leads to a page that staff can read', async () => {
  const cookie = await world.signedIn('cleo@stoa.test');
  const accounts = (await world.rows('select id from accounts')).map(({ id }) => String(id));
  const places = new Set<string>();
  for (const account of accounts) {
    const { html } = await world.visit(`/csm/accounts/${account}`, { cookie });
    const said = html.match(/<li class="saying"/g)?.length ?? 0;
    const linked = [...html.matchAll(/<a class="where" href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    expect(linked).toHaveLength(said);
    for (const place of linked) places.add(place.split('#')[0]!);
  }
  expect([...places].filter((place) => place.startsWith('/csm/said/')).length).toBeGreaterThanOrEqual(8);
  for (const place of places) {
    const page = await world.visit(place, { cookie });
    const { status } = page.status === 301 ? await world.visit(page.headers.get('location')!, { cookie }) : page;
    expect([place, status]).toEqual([place, 200]);
  }
});

test('an idea tells its words, state and votes, a survey its question and score; both lead back, and are there for staff alone', async () => {
  const [cleo, chris] = [await world.signedIn('cleo@stoa.test'), await world.signedIn('chris@acme.test')];
  const [idea, survey] = await Promise.all(["title = 'Keep working without a signal'", "title = 'NPS' and score = 3"].map(async (which) => (await world.rows(`select id, account_id from feedback where ${which}`))[0]!));
  const [ofIdea, ofSurvey] = [await world.visit(`/csm/said/${idea!['id']}`, { cookie: cleo }), await world.visit(`/csm/said/${survey!['id']}`, { cookie: cleo })];
  expect(plain(ofIdea.html)).toMatch(/Keep working without a signal.*Idea, imported as i-offline.*State Planned.*Votes 2.*Crews write bookings at sea\. Keep them on the tablet and send them in port\./);
  expect(plain(ofSurvey.html)).toMatch(/How likely are they to recommend us\?.*Dora Lindt.*Acme Clinics.*Answer Rated 3 of 10.*Good people, but a calendar I cannot trust twice a year\./);
  expect(ofIdea.html).toContain(`href="/csm/accounts/${idea!['account_id']}#timeline"`);
  expect([ofIdea.roundTrips, ofSurvey.roundTrips]).toEqual([1, 1]);
  for (const id of [idea!['id'], 'fbk_none']) expect([(await world.visit(`/csm/said/${id}`, { cookie: chris })).status, (await world.visit(`/csm/said/${id}`)).headers.get('location')?.startsWith('/sign-in')]).toEqual([404, true]);
  expect((await world.visit('/csm/said/fbk_none', { cookie: cleo })).status).toBe(404);
});
