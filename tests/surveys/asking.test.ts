import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mails } from '../../worker/mail/schema.ts';
import { notifications } from '../../worker/notifications/schema.ts';
import { users } from '../../worker/people/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { askForRatings, remindOfRatings } from '../../worker/surveys/jobs.ts';
import { ratingsCounted } from '../../worker/surveys/queries.ts';
import { keepQuestion } from '../../worker/surveys/keep-question.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { byScale, satisfaction } from '../../worker/surveys/statistics.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { cast, settingOf, stoa } from '../support/stoa.ts';
import { asks, inHour } from '../tickets/support.ts';

async function world() {
  const here = await stoa();
  const { db } = here;
  await db.update(users).set({ verifiedAt: here.now });
  const solve = async (who: 'alice' | 'bob', hour = 0) => {
    const number = await asks(here.as(who));
    await here.as('agnes').run(changeTicket, { number, assignee: 'me' });
    await inHour(db, cast[who], hour).run(closeTicket, { number });
    return number;
  };
  const clock = (hour: number) => settingOf({ db, now: new Date(Date.UTC(2030, 0, 1, hour)) });
  const letters = () => db.select().from(mails).where(eq(mails.purpose, 'rating')).orderBy(mails.createdAt);
  return { ...here, solve, clock, letters };
}

test('a day after solving they are asked, once, in their language, by a link that opens their ticket alone', async () => {
  const { db, solve, clock, letters, as } = await world();
  await db.update(users).set({ locale: 'el' }).where(eq(users.id, 'usr_alice'));
  const number = await solve('alice');
  await askForRatings.work(clock(23));
  expect(await letters()).toEqual([]);
  await askForRatings.work(clock(25));
  await askForRatings.work(clock(26));
  const [letter, more] = await letters();
  expect(more).toBeUndefined();
  expect(letter).toMatchObject({ toAddress: 'alice@example.org', subject: `Πώς τα πήγαμε; Το αίτημά σας ${number}` });
  expect(letter!.text).toMatch(new RegExp(`https://help\\.example/el/tickets/${number}/rating\\?key=[\\w-]{32}`));
  expect(letter!.headers).toHaveProperty('List-Unsubscribe-Post');
  expect(satisfaction((await as('agnes').load(ratingsCounted('2030-01')))[0])).toMatchObject({ asked: 1, answered: 0 });
});

test('the letter comes when the workspace says, with an address for each point of its question, and is answered as it asked', async () => {
  const { db, solve, clock, letters, as } = await world();
  await as('ada').run(keepQuestion, { scale: 2, hours: 2 });
  const number = await solve('alice');
  await askForRatings.work(clock(1));
  expect(await letters()).toEqual([]);
  await askForRatings.work(clock(3));
  const [letter] = await letters();
  expect(letter!.text.match(/^.*&score=\d$/gm)).toEqual([expect.stringMatching(/^Good: .*&score=2$/), expect.stringMatching(/^Bad: .*&score=1$/)]);
  expect(letter!.html.match(/&amp;score=\d"/g)).toEqual(['&amp;score=2"', '&amp;score=1"']);
  await as('ada').run(keepQuestion, { scale: 5, hours: 2 });
  await expect(inHour(db, cast.alice, 4).run(rateTicket, { number, score: 5 })).rejects.toMatchObject({ reason: 'invalid' });
  await inHour(db, cast.alice, 4).run(rateTicket, { number, score: 1 });
  await deliver(db, gateOf(db));
  expect(await db.select().from(notifications).where(eq(notifications.kind, 'rated'))).toMatchObject([{ userId: 'usr_agnes' }]);
  expect(byScale((await as('agnes').load(ratingsCounted('2030-01')))[0]).map(({ scale, rows }) => [scale, satisfaction(rows).asked])).toEqual([[2, 1]]);
  await solve('bob', 5);
  await askForRatings.work(clock(8));
  expect((await letters()).at(-1)!.text.match(/&score=/g)).toHaveLength(5);
});

test('good of two is told to nobody', async () => {
  const { db, solve, as } = await world();
  await as('ada').run(keepQuestion, { scale: 2, hours: 24 });
  const number = await solve('alice');
  await inHour(db, cast.alice, 1).run(rateTicket, { number, score: 2 });
  await deliver(db, gateOf(db));
  expect(await db.select().from(notifications).where(eq(notifications.kind, 'rated'))).toEqual([]);
});

test('nobody is asked twice in 30 days, and nobody who has answered, wants no mail, or is too long ago', async () => {
  const { db, solve, clock, letters } = await world();
  await solve('alice');
  await solve('alice', 1);
  const rated = await solve('bob');
  await inHour(db, cast.bob, 2).run(rateTicket, { number: rated, score: 5 });
  await askForRatings.work(clock(26));
  expect((await letters()).map(({ toAddress }) => toAddress)).toEqual(['alice@example.org']);
  await solve('alice', 24 * 20);
  await askForRatings.work(clock(24 * 22));
  expect(await letters()).toHaveLength(1);
  await solve('alice', 24 * 40);
  await db.update(users).set({ mailLevel: 'none' }).where(eq(users.id, 'usr_alice'));
  await askForRatings.work(clock(24 * 42));
  await db.update(users).set({ mailLevel: 'each' });
  await solve('bob', 24 * 50);
  await askForRatings.work(clock(24 * 60));
  expect(await letters()).toHaveLength(1);
});

test('who does not answer is reminded once; who does is not', async () => {
  const { db, solve, clock, letters } = await world();
  await solve('alice');
  const number = await solve('bob');
  await askForRatings.work(clock(25));
  await inHour(db, cast.bob, 30).run(rateTicket, { number, score: 5 });
  for (const day of [4, 6, 7, 9]) await remindOfRatings.work(clock(24 * day + 2));
  expect((await letters()).map(({ toAddress }) => toAddress).sort()).toEqual(['alice@example.org', 'alice@example.org', 'bob@example.org']);
});

test('nor is who does not ask it any more, whom the link is no longer for', async () => {
  const { db, solve, clock, letters } = await world();
  const number = await solve('alice');
  await askForRatings.work(clock(25));
  await inHour(db, cast.agnes, 30).run(changeRequester, { number, requester: 'bob@example.org' });
  await remindOfRatings.work(clock(24 * 7));
  expect((await letters()).map(({ toAddress }) => toAddress)).toEqual(['alice@example.org']);
});

test('a poor rating is told to whoever had the ticket and to the CSM of the account; a good one to nobody', async () => {
  const { db, solve } = await world();
  await db.run(sql`update accounts set csm_id = 'usr_cleo' where id = 'acc_acme'`);
  const [poor, good] = [await solve('alice'), await solve('bob')];
  await inHour(db, cast.alice, 1).run(rateTicket, { number: poor, score: 1 });
  await inHour(db, cast.bob, 1).run(rateTicket, { number: good, score: 4 });
  await deliver(db, gateOf(db));
  const told = await db.select().from(notifications).where(eq(notifications.kind, 'rated'));
  expect(told.map(({ userId }) => userId).sort()).toEqual(['usr_agnes', 'usr_cleo']);
});
