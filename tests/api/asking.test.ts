import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  world = await api();
  for (const [name, email] of [['chris', 'chris@acme.test'], ['dora', 'dora@acme.test'], ['nikos', 'nikos@olive.test'], ['agnes', 'agnes@stoa.test']] as const) tokens[name] = await world.tokenOf(email);
});
afterAll(() => world?.close());

const as = (name: string) => ({ token: tokens[name]! });
const asked = async () => (await world.call('POST', '/tickets', { ...as('chris'), body: { subject: 'Asked by a machine', body: 'Hello.' } })).body.number as number;
const change = (name: string, number: number, body: object) => world.call('PATCH', `/tickets/${number}`, { ...as(name), body });

test('who asked a ticket says that it is solved, and opens it again', async () => {
  const number = await asked();
  const [solved, again, opened, open] = [await change('chris', number, { status: 'solved' }), await change('chris', number, { status: 'solved' }), await change('chris', number, { status: 'open' }), await change('chris', number, { status: 'open' })];
  expect([solved.status, solved.body.status, solved.body.solvedAt !== null]).toEqual([200, 'solved', true]);
  expect([again.status, again.body.detail]).toEqual([409, 'This ticket is already solved.']);
  expect([opened.status, opened.body.status, opened.body.solvedAt]).toEqual([200, 'open', null]);
  expect([open.status, open.body.detail]).toEqual([409, 'This ticket is open already.']);
  const history = (await world.call('GET', `/tickets/${number}/history`, as('agnes'))).body.items.map(({ type }: { type: string }) => type);
  expect(history.slice(-2)).toEqual(['ticket.solved', 'ticket.reopened']);
});

test('so does an admin of the account, and nobody of another', async () => {
  const number = await asked();
  expect((await change('dora', number, { status: 'solved' })).body.status).toBe('solved');
  expect((await change('nikos', number, { status: 'open' })).status).toBe(404);
  expect((await world.call('PATCH', `/tickets/${number}`, { body: { status: 'open' } })).status).toBe(404);
});

test('the rest of a ticket is for staff, and with a status too', async () => {
  const number = await asked();
  for (const body of [{ status: 'pending' }, { status: 'closed' }, { priority: 'urgent' }, { status: 'solved', priority: 'urgent' }, { status: 'solved', revision: 1 }]) expect([body, (await change('chris', number, body)).status]).toEqual([body, 403]);
  expect((await world.call('GET', `/tickets/${number}`, as('chris'))).body).toMatchObject({ status: 'new', priority: 'normal' });
});

test('staff change the status as they did: what is so already is no change', async () => {
  const number = await asked();
  expect([(await change('agnes', number, { status: 'solved' })).status, (await change('agnes', number, { status: 'solved' })).status, (await change('agnes', number, { status: 'open' })).body.status]).toEqual([200, 200, 'open']);
});
