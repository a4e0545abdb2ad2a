import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { takeNext } from '../../worker/views/next.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { ticketClaims } from '../../worker/views/schema.ts';
import { stoa } from '../support/stoa.ts';
import { asks } from '../tickets/support.ts';

const view = { condition: conditionOf({}), sort: 'priority' };

async function three() {
  const world = await stoa(new Date());
  const numbers = [await asks(world.as('alice')), await asks(world.as('bob')), await asks(world.as('carol'))];
  for (const [i, priority] of (['urgent', 'high', 'normal'] as const).entries()) await world.as('ada').run(changeTicket, { number: numbers[i], priority });
  return { ...world, numbers };
}

test('each agent is given the first ticket that nobody else works on, and on it goes in order', async () => {
  const { as, numbers: [first, second, third] } = await three();
  expect(await as('agnes').run(takeNext, view)).toEqual({ number: first });
  expect(await as('agnes').run(takeNext, view)).toEqual({ number: first });
  expect(await as('cleo').run(takeNext, view)).toEqual({ number: second });
  expect(await as('agnes').run(takeNext, { ...view, number: first })).toEqual({ number: third });
  expect(await as('ada').run(takeNext, view)).toEqual({ number: first });
});

test('what is put off is not offered again for a while, but to others', async () => {
  const { as, numbers: [first, second, third] } = await three();
  await as('agnes').run(takeNext, view);
  expect(await as('agnes').run(takeNext, { ...view, number: first, skip: 'yes' })).toEqual({ number: second });
  expect(await as('agnes').run(takeNext, { ...view, number: second, skip: 'yes' })).toEqual({ number: third });
  expect(await as('agnes').run(takeNext, { ...view, number: third, skip: 'yes' })).toEqual({ number: null });
  expect(await as('cleo').run(takeNext, view)).toEqual({ number: first });
});

test('a claim of long ago keeps nobody from it, and is swept away', async () => {
  const { as, db, numbers: [first] } = await three();
  await as('cleo').run(takeNext, view);
  await db.update(ticketClaims).set({ until: new Date(Date.now() - 60_000) });
  expect(await as('agnes').run(takeNext, view)).toEqual({ number: first });
  expect(await db.select().from(ticketClaims)).toMatchObject([{ userId: 'usr_agnes' }]);
});

test('of many who ask in the same moment nobody is given another’s', async () => {
  const { as } = await three();
  const asked = await Promise.all((['agnes', 'cleo', 'ada'] as const).map((who) => as(who).run(takeNext, view).catch((error: { reason: string }) => ({ number: error.reason }))));
  const given = asked.map(({ number }) => number).filter((number) => typeof number === 'number');
  expect(new Set(given).size).toBe(given.length);
  expect(given.length).toBeGreaterThan(0);
  for (const { number } of asked) expect(typeof number === 'number' || number === 'conflict').toBe(true);
});

test('it is for the desk', async () => {
  const { as } = await three();
  await expect(as('alice').run(takeNext, view)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(takeNext, view)).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('agnes').run(takeNext, { ...view, sort: 'odd' })).rejects.toMatchObject({ issues: { sort: expect.any(String) } });
});
