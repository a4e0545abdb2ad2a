import { expect, test } from 'vitest';
import { discardAnswer } from '../../worker/drafts/discard-answer.ts';
import { draftsOfTicket } from '../../worker/drafts/queries.ts';
import { saveAnswer } from '../../worker/drafts/save-answer.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { visitorsOfTicket } from '../../worker/tickets/screen.ts';
import { stoa } from '../support/stoa.ts';
import { asks, visited } from '../tickets/support.ts';

test('what an agent began to write is kept and read by colleagues, never by those who ask, and ends with the answer', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(saveAnswer, { number, body: 'Dear Al', visibility: 'public', status: 'solved', draft: 0 });
  const of = async (who: 'agnes' | 'lena' | 'alice' | 'carol' | 'mara' | 'visitor') => (await as(who).load(draftsOfTicket(number)))[0].map(({ name, body, status }) => [name, body, status]);
  expect([await of('agnes'), await of('lena')]).toEqual([[['agnes', 'Dear Al', 'solved']], [['agnes', 'Dear Al', 'solved']]]);
  for (const who of ['alice', 'carol', 'mara', 'visitor'] as const) expect([who, await of(who)]).toEqual([who, []]);
  await as('agnes').run(replyToTicket, { number, body: 'Dear Alice.' });
  expect(await of('agnes')).toEqual([]);
});

test('a second tab that is older is refused, and can be kept all the same once it was told', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  expect(await as('agnes').run(saveAnswer, { number, body: 'One', draft: 0 })).toEqual({ revision: 1 });
  await expect(as('agnes').run(saveAnswer, { number, body: 'Two', draft: 0 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('cleo').run(saveAnswer, { number, body: 'Of somebody else', draft: 0 });
  await as('agnes').run(saveAnswer, { number, body: 'Two', draft: 1 });
  await as('agnes').run(discardAnswer, { number });
  expect((await as('agnes').load(draftsOfTicket(number)))[0].map(({ body }) => body)).toEqual(['Of somebody else']);
});

test('nothing typed is no draft, and takes away none that another tab kept', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const kept = async () => (await as('lena').load(draftsOfTicket(number)))[0].map(({ body }) => body);
  await as('agnes').run(saveAnswer, { number, body: ' ', draft: 0 });
  expect(await kept()).toEqual([]);
  await as('agnes').run(saveAnswer, { number, body: 'One', draft: 0 });
  await as('agnes').run(saveAnswer, { number, body: '', draft: 0 });
  expect(await kept()).toEqual(['One']);
  await as('agnes').run(saveAnswer, { number, body: '', draft: 1 });
  expect(await kept()).toEqual([]);
});

test('only who works on tickets keeps drafts in them, and is seen to look; bad input names its field', async () => {
  const { as, now, db } = await stoa();
  const number = await asks(as('alice'));
  for (const op of [saveAnswer, discardAnswer]) {
    await expect(as('alice').run(op as typeof saveAnswer, { number, body: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as('bob').run(op as typeof saveAnswer, { number, body: 'x' })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('visitor').run(op as typeof saveAnswer, { number, body: 'x' })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('agnes').run(saveAnswer, { number, body: 'x'.repeat(60_001) })).rejects.toMatchObject({ issues: { body: expect.any(String) } });
  await visited(db, number, 'agnes', now);
  expect((await as('cleo').load(visitorsOfTicket(number, now.getTime() + 60_000)))[0].map(({ name }) => name)).toEqual(['agnes']);
  expect((await as('cleo').load(visitorsOfTicket(number, now.getTime() + 180_000)))[0]).toEqual([]);
  expect((await as('alice').load(visitorsOfTicket(number, now.getTime())))[0]).toEqual([]);
});
