import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { firstOfView, movedIn } from '../../worker/tickets/live.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { asks } from '../joins/support.ts';
import { stoa } from '../support/stoa.ts';

test('what came into a view, and what left it, is told of the page as it was drawn, whichever way it came', async () => {
  const { as } = await stoa();
  const view = { condition: conditionOf({ status: 'pending' }), sort: 'message' as const };
  const numbers = [await asks(as('alice')), await asks(as('bob')), await asks(as('carol'))] as const;
  const now = async () => (await as('agnes').load(firstOfView(view, Date.now())))[0].numbers;
  await as('agnes').run(replyToTicket, { number: numbers[0], body: 'Well?' });
  const shown = { numbers: await now(), isMore: false };
  expect([shown.numbers, movedIn(shown, await now())]).toEqual([[numbers[0]], { count: 0, first: null }]);
  await as('agnes').run(changeTicket, { number: numbers[2], status: 'pending' });
  expect(movedIn(shown, await now())).toEqual({ count: 1, first: numbers[2] });
  await as('alice').run(replyToTicket, { number: numbers[0], body: 'Well.' });
  expect(movedIn(shown, await now())).toEqual({ count: 1, first: numbers[2], changed: { left: '1' } });
  for (const who of ['alice', 'mara', 'visitor'] as const) await expect(as(who).load(firstOfView(view, 0))).rejects.toMatchObject({ reason: 'not_found' });
});

test('what only moves up from behind the last that a page shows did not come in', () => {
  const shown = { numbers: [9, 8, 7], isMore: true };
  expect(movedIn(shown, [9, 7, 6, 5])).toEqual({ count: 0, first: null, changed: { left: '1' } });
  expect(movedIn(shown, [10, 9, 8, 7, 6])).toEqual({ count: 1, first: 10 });
  expect(movedIn({ ...shown, isMore: false }, [9, 8, 7, 6])).toEqual({ count: 1, first: 6 });
  expect(movedIn({ numbers: [], isMore: false }, [2, 1])).toEqual({ count: 2, first: 2 });
});
