import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { mailDecisions, tidySanctions } from '../../worker/sanctions/jobs.ts';
import { liftSanction } from '../../worker/sanctions/lift.ts';
import { myStatements, sanctionsOf } from '../../worker/sanctions/queries.ts';
import { silencePerson } from '../../worker/sanctions/silence.ts';
import { suspendPerson } from '../../worker/sanctions/suspend.ts';
import { warnPerson } from '../../worker/sanctions/warn.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { newsroom } from '../notifications/support.ts';
import { question, settingOf } from '../support/stoa.ts';

const said = { code: 'inappropriate', words: 'Be kind to each other.', note: 'Third time.' };

test('a warning is told with its reason, by letter too, and changes nothing else; what is noted beside it is for moderators', async () => {
  const { as, db, deliver, told, now } = await newsroom();
  await as('mara').run(warnPerson, { person: 'bob', ...said });
  await deliver();
  await mailDecisions.work(settingOf({ db, now }));
  await mailDecisions.work(settingOf({ db, now }));
  const { rows } = await db.$client.execute("select to_address, subject, text from mails where purpose = 'decision'");
  expect(rows.map((row) => [row['to_address'], row['subject']])).toEqual([['bob@example.org', 'You have been warned']]);
  expect(rows[0]!['text']).toMatch(/rude or hurtful[\s\S]*Be kind to each other[\s\S]*https:\/\/help\.example\/statements\/sor_\w+\?key=[\s\S]*appeal until/);
  expect((await told('bob')).map(([kind]) => kind)).toEqual(['warned']);
  const history = async (who: 'mara' | 'bob' | 'alice' | 'visitor') => (await as(who).load(sanctionsOf('bob', 9)))[0].map(({ kind, words, note, by }) => [kind, words, note, by]);
  expect([await history('mara'), await history('bob'), await history('alice'), await history('visitor')]).toEqual([[['warning', said.words, 'Third time.', 'mara']], [['warning', said.words, '', null]], [], []]);
  await as('bob').run(openTopic, question);
});

test('who is silenced reads and does not write, until then; their tickets go on, and lifting it earlier tells them', async () => {
  const { as, db, deliver, told, now } = await newsroom();
  await as('alice').run(openTopic, question);
  const { sanction } = await as('mara').run(silencePerson, { person: 'bob', ...said, days: '3' });
  await expect(as('mara').run(silencePerson, { person: 'bob', ...said, days: '3' })).rejects.toMatchObject({ reason: 'conflict' });
  const silencedUntil = Number((await db.$client.execute("select silenced_until from users where id = 'usr_bob'")).rows[0]!['silenced_until']);
  expect(silencedUntil).toBe(now.getTime() + 3 * 86_400_000);
  await expect(as('bob', { silencedUntil }).run(replyToTopic, { number: 1, body: 'No.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('bob', { silencedUntil: now.getTime() }).run(replyToTopic, { number: 1, body: 'It is over.' });
  await as('bob', { silencedUntil }).run(openTicket, { subject: 'Still', body: 'a customer.' });
  await as('agnes').run(liftSanction, { sanction, words: 'It was a joke.' });
  await expect(as('agnes').run(liftSanction, { sanction })).rejects.toMatchObject({ reason: 'conflict' });
  await deliver();
  expect((await told('bob')).map(([kind]) => kind).sort()).toEqual(['lifted', 'silenced']);
  expect((await db.$client.execute("select silenced_until from users where id = 'usr_bob'")).rows[0]!['silenced_until']).toBeNull();
});

test('suspending ends every session, for a time or for good, and needs its own permission', async () => {
  const { as, db, now } = await newsroom();
  await db.$client.execute({ sql: 'insert into sessions (id, user_id, expires_at, created_at) values (?, ?, ?, ?)', args: ['ses', 'usr_bob', now.getTime() + 1e9, now.getTime()] });
  for (const who of ['mara', 'agnes', 'alice'] as const) await expect(as(who).run(suspendPerson, { person: 'bob', ...said, days: '7' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('ada').run(suspendPerson, { person: 'bob', ...said, days: '7' });
  expect((await db.$client.execute('select 1 from sessions')).rows).toEqual([]);
  const row = async () => (await db.$client.execute("select suspended_at, suspended_until from users where id = 'usr_bob'")).rows[0]!;
  expect([(await row())['suspended_at'], (await row())['suspended_until']]).toEqual([now.getTime(), now.getTime() + 7 * 86_400_000]);
  await expect(as('ada').run(suspendPerson, { person: 'bob', ...said, days: '0' })).rejects.toMatchObject({ reason: 'conflict' });
  await tidySanctions.work(settingOf({ db, now: new Date(now.getTime() + 8 * 86_400_000) }));
  expect((await row())['suspended_at']).toBeNull();
});

test('nobody sanctions themself, who works or moderates here as a moderator, or who is not there; bad input names its field; visitors sign in', async () => {
  const { as } = await newsroom();
  const warning = (who: 'mara' | 'agnes' | 'alice' | 'visitor' | 'ada', person: string, more = {}) => as(who).run(warnPerson, { person, ...said, ...more });
  await expect(warning('mara', 'agnes')).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(warning('agnes', 'cleo')).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(warning('mara', 'mara')).rejects.toMatchObject({ reason: 'conflict' });
  await warning('agnes', 'mara');
  await warning('ada', 'agnes');
  await expect(warning('alice', 'bob')).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(warning('mara', 'nobody')).rejects.toMatchObject({ reason: 'not_found' });
  await expect(warning('visitor', 'bob')).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(warning('mara', 'bob', { code: 'x', words: ' ' })).rejects.toMatchObject({ reason: 'invalid', issues: { code: 'Choose a reason.', words: 'Say why, for the person.' } });
  await expect(as('mara').run(silencePerson, { person: 'bob', ...said, days: '2' })).rejects.toMatchObject({ issues: { days: 'Choose how long.' } });
  await expect(as('mara').run(liftSanction, { sanction: 'san_x' })).rejects.toMatchObject({ reason: 'not_found' });
  expect((await as('bob').load(myStatements({ limit: 9 })))[0].items).toEqual([]);
});
