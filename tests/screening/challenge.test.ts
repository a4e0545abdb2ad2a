import { expect, test } from 'vitest';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { keyOf } from '../../worker/platform/limits.ts';
import { formKey } from '../../worker/platform/form-time.ts';
import { Challenged, isWorked, LIFE, stampIn, stampOf, WAIT } from '../../worker/platform/stamp.ts';
import { doubtIn } from '../../worker/screening/access.ts';
import { addScreen } from '../../worker/screening/add-screen.ts';
import { addWord } from '../../worker/screening/add-word.ts';
import { keepRules } from '../../worker/screening/keep-rules.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { SECRET } from '../support/stoa.ts';
import { passOf, workFor } from '../support/work.ts';
import { newcomers } from './support.ts';

const guest = { subject: 'Hello there', body: 'Something is broken.', email: 'guest@far.test', network: '10.9.0.1' };

/** A workspace in which the address of the guest is listed, so that each of their tickets is suspicious. */
async function suspicious(rules: object = {}) {
  const world = await newcomers(rules);
  await world.as('ada').run(addScreen, { kind: 'mail', pattern: '*@far.test', follows: 'hold' });
  const key = (secondsAgo = 60) => formKey(SECRET, world.now.getTime() - secondsAgo * 1_000);
  return { ...world, key, send: (form: string, pass: object, minutes = 0, more: object = {}) => world.by('visitor', guest.network, minutes).run(openTicket, { ...guest, ...more }, form, pass) };
}

const challenged = (error: unknown) => (error instanceof Challenged ? error.challenge : error);

test('a guest who is suspicious is asked first; work lets one form pass, once', async () => {
  const { send, key, now } = await suspicious();
  const [form, other] = [key(), key()];
  const asked = challenged(await send(form, {}).catch((error: unknown) => error));
  expect(asked).toEqual({ bits: 16, since: now.getTime(), question: { en: '', el: '' }, hasReview: false, isMailed: false });
  const pass = passOf(form, now, 16);
  expect(await send(form, pass)).toMatchObject({ number: 1 });
  expect(await send(form, pass)).toMatchObject({ number: 1 });
  await expect(send(form, pass, 0, { body: 'Another text by the same stamp.' })).rejects.toMatchObject({ reason: 'too_many' });
  await expect(send(other, pass)).rejects.toBeInstanceOf(Challenged);
});

test('what is forged, too light, of another form, or too old lets nobody pass', async () => {
  const { send, key, now } = await suspicious();
  const form = key();
  const good = passOf(form, now, 16);
  const light = good.stamp.replace(/^16/, '01');
  const elsewhere = stampOf('another secret of another place', form, { bits: 1, since: now.getTime() });
  for (const pass of [{ stamp: light, work: workFor(light, 1) }, { stamp: elsewhere, work: workFor(elsewhere, 1) }, { stamp: good.stamp, work: '' }, { stamp: good.stamp, work: '-1' }, { stamp: `${good.stamp}x`, work: good.work }, { work: good.work }]) {
    await expect(send(form, pass), JSON.stringify(pass)).rejects.toBeInstanceOf(Challenged);
  }
  await expect(send('', good)).rejects.toBeInstanceOf(Challenged);
  await expect(send(form, good, LIFE / 60_000)).rejects.toBeInstanceOf(Challenged);
  expect(await send(form, good, LIFE / 60_000 - 1)).toMatchObject({ number: 1 });
});

test('without work one waits a minute, and who sends sooner has waited already; so many an hour from a network', async () => {
  const { send, key, now } = await suspicious();
  const form = key();
  const { stamp } = passOf(form, now);
  expect(challenged(await send(form, { stamp }, 0.5).catch((error: unknown) => error))).toMatchObject({ since: now.getTime() });
  expect(await send(form, { stamp }, WAIT / 60_000)).toMatchObject({ number: 1 });
  const results = [];
  for (let i = 0; i < 10; i++) {
    const next = key();
    results.push(await send(next, { stamp: passOf(next, now).stamp }, 2, { email: `guest${i}@far.test` }).then(({ number }) => number, ({ reason }) => reason));
  }
  expect(results).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 'too_many']);
});

test('a workspace may ask a question of its own, answered in any case and accent', async () => {
  const { send, key, now } = await suspicious({ question: 'Which animal is our sign?', questionEl: 'Ποιο ζώο είναι το σήμα μας;', answers: 'an Owl, κουκουβάγια' });
  const form = key();
  const { stamp } = passOf(form, now);
  const wrong = await send(form, { stamp, answer: 'a cat' }).catch((error: unknown) => error);
  expect([challenged(wrong), wrong]).toMatchObject([{ question: { en: 'Which animal is our sign?', el: 'Ποιο ζώο είναι το σήμα μας;' } }, { issues: { proofAnswer: 'This is not the answer.' } }]);
  await expect(send(form, { answer: 'an owl' })).rejects.toBeInstanceOf(Challenged);
  expect(await send(form, { stamp, answer: ' ΚΟΥΚΟΥΒΑΓΙΑ ' })).toMatchObject({ number: 1 });
});

test('the rules switch it off; a question asks for an answer, and keeping them is for who keeps the settings', async () => {
  const { as, send, key } = await suspicious();
  await expect(as('ada').run(keepRules, { question: 'Who?', challenge: 'on' })).rejects.toMatchObject({ issues: { answers: 'Write at least one answer.' } });
  await expect(as('mara').run(keepRules, {})).rejects.toMatchObject({ reason: 'forbidden' });
  await as('ada').run(keepRules, { fastSeconds: 3 });
  expect(await send(key(), {})).toMatchObject({ number: 1 });
});

test('listed words and haste are suspicious, the words by the API too; who is signed in is not asked', async () => {
  const { as, by, db, key } = await suspicious();
  await as('ada').run(addWord, { pattern: 'casino', follows: 'hold' });
  const near = { ...guest, email: 'guest@near.test' };
  const send = (form: string | undefined, more: object = {}) => by('visitor', guest.network).run(openTicket, { ...near, ...more }, form, form === undefined ? undefined : {});
  expect(challenged(await send('').catch((error: unknown) => error))).toMatchObject({ bits: 16 });
  expect(challenged(await send(key(), { body: 'The best CASINO.' }).catch((error: unknown) => error))).toMatchObject({ bits: 16 });
  expect(challenged(await send('', { body: 'The best CASINO.' }).catch((error: unknown) => error))).toMatchObject({ bits: 18 });
  await expect(send(undefined, { body: 'The best CASINO.' })).rejects.toMatchObject({ reason: 'invalid', message: expect.stringContaining('come with a token') });
  expect(await send(undefined)).toMatchObject({ number: 1 });
  expect(await by('alice', guest.network).run(openTicket, { ...guest, body: 'The best casino.' }, key(0), {})).toMatchObject({ number: 2 });
  expect(await send(key(0))).toMatchObject({ number: 3 });
  for (let i = 0; i < 5; i++) await db.$client.execute({ sql: 'insert into attempts (key, at) values (?, ?)', args: [keyOf('guests from', guest.network), Date.now()] });
  expect(challenged(await send(key(0), { email: 'quick@near.test' }).catch((error: unknown) => error)), 'after several').toMatchObject({ bits: 16 });
});

test('the more there is to doubt, the more the work', () => {
  const doubts = [0, 9, 10, 11, 12, 13, 30].map((lately) => doubtIn({ isFast: false, isListed: false, lately }));
  expect(doubts).toEqual([0, 0, 1, 1, 2, 2, 11]);
  expect(doubtIn({ isFast: true, isListed: true, lately: 0 })).toBe(4);
});

test('a hasty post of somebody new is asked for, published once they showed it, or left to a moderator; what else holds it still does', async () => {
  const { by, queue, key, now } = await suspicious();
  const write = (body: string, form: string, pass?: object) => by('alice').run(replyToTopic, { number: 1, body }, form, pass);
  const form = key(1);
  expect(challenged(await write('One.', form, {}).catch((error: unknown) => error))).toMatchObject({ bits: 15, hasReview: true });
  expect(await write('One.', form, passOf(form, now, 15))).toMatchObject({ isHeld: false });
  await expect(write('Two.', form, passOf(form, now, 15))).rejects.toMatchObject({ reason: 'too_many' });
  expect(await write('Three.', key(1), { review: '1' })).toMatchObject({ isHeld: true });
  expect((await queue()).map(({ body, reasons }) => [body, reasons])).toEqual([['Three.', [{ rule: 'fast', detail: '1' }]]]);
});

test('a stamp says what it was made with, and work has as many zeros as it says', () => {
  const stamp = stampOf(SECRET, 'a form', { bits: 12, since: 1_000 });
  expect(stampIn(SECRET, 'a form', stamp, 2_000)).toEqual({ bits: 12, since: 1_000 });
  for (const [form, now] of [['another', 2_000], ['', 2_000], ['a form', 1_000 + LIFE]] as const) expect(stampIn(SECRET, form, stamp, now)).toBeUndefined();
  const work = workFor(stamp, 12);
  expect([isWorked(stamp, work, 12), isWorked(stamp, `${work} `, 1), isWorked(stamp, work, 32)]).toEqual([true, false, false]);
});
