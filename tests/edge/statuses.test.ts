import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

test('an admin writes a status, an agent chooses it, the customer reads their words for it', async () => {
  const [ada, agnes, chris] = [await world.signedIn('ada@stoa.test'), await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test')];
  const made = await world.visit('/admin/statuses/new', { cookie: ada, form: { action: 'save', category: 'pending', agentEn: 'Waiting for parts', customerEn: 'We ordered it', customerEl: 'Το παραγγείλαμε', position: '1', isActive: 'on' } });
  expect([made.status, made.headers.get('location')]).toEqual([303, '/admin/statuses?saved=1']);
  const sent = await world.visit('/tickets/new', { cookie: chris, form: { subject: 'A broken hinge', body: 'It squeaks.', anyway: '1', once: crypto.randomUUID() } });
  const at = sent.headers.get('location')!;
  const desk = `/agent${at}`;
  const screen = await world.visit(desk, { cookie: agnes });
  const id = /<option value="(sts_\w+)"[^>]*>– Waiting for parts/.exec(screen.html)![1]!;
  expect((await world.visit(desk, { cookie: agnes, form: { action: 'change', status: id } })).status).toBe(303);
  const changed = await world.visit(desk, { cookie: agnes });
  expect([changed.roundTrips, changed.html.includes(`value="${id}" selected`), changed.html.includes('→ Waiting for parts')]).toEqual([1, true, true]);
  const [mine, greek, list] = [await world.visit(at, { cookie: chris }), await world.visit(`/el${at}`, { cookie: chris }), await world.visit('/tickets', { cookie: chris })];
  expect([mine.html.includes('We ordered it'), mine.html.includes('Waiting for parts'), greek.html.includes('Το παραγγείλαμε'), list.html.includes('We ordered it')]).toEqual([true, false, true, true]);
});
