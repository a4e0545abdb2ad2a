import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const typed = { subject: 'Passkeys and codes for sessions', body: 'How can we use passkeys?', priority: 'high' };
const send = (cookie: string | undefined, form: Record<string, string>, path = '/tickets/new') => world.visit(path, { ...(cookie ? { cookie } : {}), form: { ...typed, once: drawn(), ...form } });
const shown = (html: string, name: string) => Number(new RegExp(`<dt[^>]*>${name}</dt> *<dd[^>]*>(\\d+)`).exec(html)?.[1]);

test('before a ticket is sent, what solves it is shown; one press sends it anyway, with everything kept', async () => {
  const chris = await world.signedIn('chris@acme.test');
  const held = await send(chris, {});
  expect([held.status, held.html.includes('Does one of these solve it?'), held.html.includes('value="Passkeys and codes for sessions"'), /value="high" selected/.test(held.html), held.html.includes('name="anyway"')]).toEqual([200, true, true, true, true]);
  expect(held.html).toMatch(/<a class="title" href="\/kb\/start\/second-factor"[^>]*target="_blank"/);
  expect((await send(chris, { anyway: '1' })).headers.get('location')).toMatch(/^\/tickets\/\d+$/);
  const greek = await send(chris, { subject: 'Κλειδιά εισόδου, κωδικοί και συνεδρίες' }, '/el/tickets/new');
  expect([greek.status, greek.html.includes('Μήπως το λύνει κάτι από αυτά;')]).toEqual([200, true]);
  expect((await send(chris, { subject: 'Zzyzx qwv' , body: 'Nothing like it.' })).status).toBe(303);
});

test('what solved it is counted for staff, and taken back when the same guest writes within a day', async () => {
  const email = 'reader@example.org';
  const held = await send(undefined, { email });
  const solved = /name="solved" value="(article:[^"]+)"/.exec(held.html)![1]!;
  const thanked = await send(undefined, { email, solved });
  expect([thanked.status, thanked.headers.get('location')]).toEqual([303, '/tickets/new?solved=1']);
  expect((await world.visit('/tickets/new?solved=1')).html).toContain('Good to hear. Nothing was sent.');
  const agnes = await world.signedIn('agnes@stoa.test');
  const before = await world.visit('/agent/deflections', { cookie: agnes });
  expect([before.roundTrips, shown(before.html, 'In the last twelve months'), shown(before.html, 'Taken back'), before.html.includes('<svg'), before.html.includes('/kb/start/')]).toEqual([1, 1, 0, true, true]);
  expect((await send(undefined, { email, subject: 'It did not help', body: 'Zzyzx.' })).status).toBe(303);
  const after = await world.visit('/agent/deflections', { cookie: agnes });
  expect([shown(after.html, 'In the last twelve months'), shown(after.html, 'Taken back'), shown(after.html, 'Not asked after all')]).toEqual([1, 1, 0]);
});
