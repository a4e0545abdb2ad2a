import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';
import { askedIn, patientWorkFor } from '../support/work.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const write = (email: string, from: string) =>
  world.visit('/tickets/new', { form: { email, subject: 'Is anybody there?', body: 'Hello.', anyway: '1', once: drawn() }, headers: headersOf(from) });
const headersOf = (from: string) => ({ 'x-forwarded-for': `6.6.6.6, ${from}`, 'cf-connecting-ip': crypto.randomUUID() });

/** The same, doing the work that is asked for. */
async function writeOn(email: string, from: string) {
  const first = await write(email, from);
  if (first.status !== 422) return { first, last: first };
  const { stamp, bits, once } = askedIn(first.html);
  const form = { email, subject: 'Is anybody there?', body: 'Hello.', anyway: '1', once, proofStamp: stamp, proofWork: await patientWorkFor(stamp, bits) };
  return { first, last: await world.visit('/tickets/new', { form, headers: headersOf(from) }) };
}

test('five an hour for an address of mail, wherever it writes from; then it waits, and keeps what it typed', async () => {
  for (let i = 0; i < 5; i++) expect((await write('flood@example.org', `10.0.0.${i}`)).status).toBe(303);
  const refused = await write('Flood@example.org ', '10.0.0.9');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600']);
  expect(refused.html).toContain('Is anybody there?');
  expect((await write('calm@example.org', '10.0.0.9')).status).toBe(303);
});

test('twenty an hour from a network, the last ten after some work, whatever the address, and whatever a stranger says of where they are', async () => {
  for (let i = 0; i < 20; i++) {
    const { first, last } = await writeOn(`guest${i}@example.org`, '10.1.0.1');
    expect([i, first.status, last.status]).toEqual([i, i < 10 ? 303 : 422, 303]);
  }
  expect((await write('guest20@example.org', '10.1.0.1')).status).toBe(429);
  expect((await write('guest20@example.org', '10.1.0.2')).status).toBe(303);
  const byApi = (more: object) => fetch(`${world.url}/api/v1/tickets`, { method: 'POST', headers: { origin: world.url, 'content-type': 'application/json', 'x-forwarded-for': '10.1.0.1' }, body: JSON.stringify({ email: 'guest21@example.org', subject: 'Over the API', body: 'Hello.', ...more }) });
  expect((await byApi({ network: 'another' })).status).toBe(422);
  const overApi = await byApi({});
  expect([overApi.status, overApi.headers.get('retry-after'), overApi.headers.get('content-type')]).toEqual([429, '3600', 'application/problem+json']);
});

test('who is signed in is not counted', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  for (let i = 0; i < 7; i++) expect((await world.visit('/tickets/new', { cookie, form: { subject: `Number ${i}`, body: 'Hello.', anyway: '1' } })).status).toBe(303);
});
