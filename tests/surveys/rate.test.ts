import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { feedback } from '../../worker/insights/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { ratingOfTicket, ratingQuestion, ratingsCounted, ratingsPage, ratedTicket, questionOfTicket } from '../../worker/surveys/queries.ts';
import { keepQuestion } from '../../worker/surveys/keep-question.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { surveyAnswers } from '../../worker/surveys/schema.ts';
import { byScale, FEW, satisfaction, shareOf } from '../../worker/surveys/statistics.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { cast, stoa } from '../support/stoa.ts';
import { asks, inHour } from '../tickets/support.ts';

/** Alice's ticket, with Agnes, solved at nine. */
async function solved() {
  const world = await stoa();
  const { as, db } = world;
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, assignee: 'me' });
  await inHour(db, cast.alice, 0).run(closeTicket, { number });
  const at = (name: keyof typeof cast, hour: number, more = {}) => inHour(db, { ...cast[name], ...more }, hour);
  return { ...world, number, at };
}

test('who asked rates it; the agent sees it, the log tells it, the CSM reads it', async () => {
  const { db, number, at } = await solved();
  await at('alice', 1).run(rateTicket, { number, score: 2, reason: 'slow', comment: 'A week!' });
  const [rating, list] = await at('agnes', 2).load(ratingOfTicket(number), ratingsPage({ limit: 10 }));
  expect(rating).toMatchObject({ score: 2, reason: 'slow', comment: 'A week!', isOfNow: true });
  expect(list.items).toMatchObject([{ number, score: 2, agent: 'agnes', personName: 'alice' }]);
  expect((await db.select().from(outbox).where(eq(outbox.type, 'ticket.rated'))).map(({ data }) => data)).toEqual([{ score: 2, scale: 5, reason: 'slow' }]);
  expect(await db.select().from(feedback).where(eq(feedback.source, 'survey'))).toMatchObject([{ personId: 'usr_alice', accountId: 'acc_acme', text: 'A week!', score: 2, number }]);
});

test('a week long one thinks again, and it counts once', async () => {
  const { db, number, at } = await solved();
  await at('alice', 1).run(rateTicket, { number, score: 1, comment: 'Bad.' });
  await at('alice', 2).run(rateTicket, { number, score: 5, comment: 'I was wrong.' });
  expect(await db.select().from(surveyAnswers)).toMatchObject([{ score: 5, comment: 'I was wrong.' }]);
  expect(await db.select().from(feedback).where(eq(feedback.source, 'survey'))).toMatchObject([{ text: 'I was wrong.', score: 5 }]);
  const [counted] = await at('agnes', 3).load(ratingsCounted('2030-01'));
  expect(satisfaction(counted)).toMatchObject({ answered: 1, content: { n: 1, share: 1 } });
  await expect(at('alice', 24 * 8 + 2).run(rateTicket, { number, score: 3 })).rejects.toMatchObject({ reason: 'conflict' });
});

test('solved again, it is rated again; before that, and a month later, it is not', async () => {
  const { db, number, at } = await solved();
  await at('alice', 1).run(rateTicket, { number, score: 2 });
  await at('alice', 2).run(reopenTicket, { number });
  await expect(at('alice', 3).run(rateTicket, { number, score: 2 })).rejects.toMatchObject({ reason: 'conflict' });
  await at('alice', 4).run(closeTicket, { number });
  await at('alice', 5).run(rateTicket, { number, score: 5 });
  expect((await db.select().from(surveyAnswers)).map(({ score }) => score)).toEqual([2, 5]);
  expect((await at('alice', 6).load(ratedTicket(number)))[0]?.rating?.score).toBe(5);
  const late = await solved();
  await expect(late.at('alice', 24 * 31).run(rateTicket, { number: late.number, score: 4 })).rejects.toMatchObject({ reason: 'conflict' });
});

test('two answers at once are one', async () => {
  const { db, number, at } = await solved();
  const both = await Promise.allSettled([1, 5].map((score) => at('alice', 1).run(rateTicket, { number, score })));
  // Whichever is later is refused, or, where the other was there already, a second thought.
  for (const one of both) if (one.status === 'rejected') expect(one.reason).toMatchObject({ reason: 'conflict' });
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await db.select().from(surveyAnswers)).toHaveLength(1);
  expect((await at('agnes', 2).load(ratingsCounted('2020-01')))[0].filter(({ score }) => score > 0).reduce((sum, { answers }) => sum + answers, 0)).toBe(1);
});

test('the link of the mail rates without signing in; colleagues, staff, strangers and visitors do not', async () => {
  const { db, number, at } = await solved();
  await at('visitor', 1, { guestOf: number }).run(rateTicket, { number, score: 4 });
  expect(await db.select().from(surveyAnswers)).toMatchObject([{ userId: 'usr_alice', score: 4 }]);
  for (const name of ['bob', 'visitor', 'mara'] as const) await expect(at(name, 1).run(rateTicket, { number, score: 1 })).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['carol', 'agnes'] as const) await expect(at(name, 1).run(rateTicket, { number, score: 1 })).rejects.toMatchObject({ reason: 'forbidden' });
  const [[counted], [mine], [theirs]] = await Promise.all([at('bob', 2).load(ratingsCounted('2030-01')), at('alice', 2).load(ratingOfTicket(number)), at('carol', 2).load(ratingOfTicket(number))]);
  expect([counted, mine?.score, theirs]).toEqual([[], 4, undefined]);
});

test('what is no score says so at its field', async () => {
  const { number, at } = await solved();
  for (const score of ['', '0', '6', '2.5', 'x', undefined]) await expect(at('alice', 1).run(rateTicket, { number, score })).rejects.toMatchObject({ issues: { score: 'Choose one of these.' } });
  await expect(at('alice', 1).run(rateTicket, { number, score: 1, reason: 'weather' })).rejects.toMatchObject({ issues: { reason: expect.any(String) } });
});

test('admins choose two points: good or bad is all there is, an answer of five stays one of five, and nothing adds them up', async () => {
  const { as, db, number, at } = await solved();
  await at('alice', 1).run(rateTicket, { number, score: 3 });
  await at('ada', 2).run(keepQuestion, { scale: '2', hours: '4' });
  expect((await as('ada').load(ratingQuestion()))[0].question).toEqual({ scale: 2, hours: 4 });
  await at('alice', 3).run(rateTicket, { number, score: 4 });
  const other = await asks(as('bob'));
  await inHour(db, cast.bob, 4).run(closeTicket, { number: other });
  expect((await at('bob', 5).load(questionOfTicket(other)))[0]).toEqual({ scale: 2, isRated: false });
  await expect(at('bob', 5).run(rateTicket, { number: other, score: 3 })).rejects.toMatchObject({ issues: { score: 'Choose one of these.' } });
  await at('bob', 5).run(rateTicket, { number: other, score: 1, reason: 'slow', comment: 'A day.' });
  await at('ada', 6).run(keepQuestion, { scale: 5, hours: 24 });
  await expect(at('bob', 7).run(rateTicket, { number: other, score: 5 })).rejects.toMatchObject({ reason: 'invalid' });
  await at('bob', 7).run(rateTicket, { number: other, score: 2 });
  const [counted] = await at('agnes', 8).load(ratingsCounted('2020-01'));
  expect(byScale(counted).map(({ scale, rows }) => [scale, satisfaction(rows).content])).toMatchObject([[2, { n: 1, share: 1 }], [5, { n: 1, share: 1 }]]);
  expect((await db.select().from(outbox).where(eq(outbox.type, 'settings.changed'))).map(({ data }) => data)).toMatchObject([{ from: { scale: 5, hours: 24 }, to: { scale: 2, hours: 4 } }, { to: { scale: 5 } }]);
});

test('only admins choose the question, and only one that there is', async () => {
  const { at } = await solved();
  for (const name of ['alice', 'agnes', 'cleo', 'visitor'] as const) await expect(at(name, 1).run(keepQuestion, { scale: 2, hours: 1 })).rejects.toMatchObject({ reason: name === 'visitor' ? 'signed_out' : 'forbidden' });
  for (const [said, field] of [[{ scale: 3 }, 'scale'], [{ scale: 'x' }, 'scale'], [{ hours: -1 }, 'hours'], [{ hours: 337 }, 'hours'], [{ hours: '' , scale: 0 }, 'scale']] as const) await expect(at('ada', 1).run(keepQuestion, said)).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
});

test('an interval says how little few answers tell', () => {
  expect(shareOf(0, 0)).toBeUndefined();
  const [few, many] = [shareOf(4, 5)!, shareOf(800, 1000)!];
  expect([few.low, few.high].map((x) => x.toFixed(3))).toEqual(['0.376', '0.964']);
  expect([many.low, many.high].map((x) => x.toFixed(3))).toEqual(['0.774', '0.824']);
  expect(shareOf(0, 5)!.low).toBe(0);
  expect(FEW).toBeGreaterThan(few.n);
});
