import { expect, test } from 'vitest';
import { ignorePerson } from '../../worker/following/ignore.ts';
import { everybodyIgnored, hearingOf, readingOfTopic } from '../../worker/following/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { newsroom } from '../notifications/support.ts';
import { question } from '../support/stoa.ts';

test('who is muted is heard of no more, who is ignored is folded too; nobody else is, and it is taken back', async () => {
  const { as, deliver, told } = await newsroom();
  await as('alice').run(openTopic, question);
  await as('alice').run(ignorePerson, { person: 'bob', level: 'muted' });
  await as('bob').run(replyToTopic, { number: 1, body: 'For @alice.' });
  await deliver();
  const folded = async (who: 'alice' | 'carol') => (await as(who).load(readingOfTopic(1)))[0]!.ignored;
  expect([await told('alice'), await folded('alice')]).toEqual([[], []]);
  await as('alice').run(ignorePerson, { person: 'bob', level: 'ignored' });
  expect([await folded('alice'), await folded('carol'), (await as('alice').load(hearingOf('bob'), everybodyIgnored(9)))]).toEqual([['usr_bob'], [], [{ level: 'ignored' }, [{ name: 'bob', handle: 'bob', level: 'ignored' }]]]);
  await as('carol').run(replyToTopic, { number: 1, body: 'So.' });
  await deliver();
  expect((await told('alice')).map(([kind]) => kind)).toEqual(['replied']);
  await as('alice').run(ignorePerson, { person: 'bob', level: 'normal' });
  await as('bob').run(replyToTopic, { number: 1, body: 'Again.' });
  await deliver();
  expect([(await told('alice')).length, await folded('alice')]).toEqual([2, []]);
});

test('those who work here are heard, whatever was said before they did; oneself, nobody and nonsense are refused', async () => {
  const { as, db, deliver, told } = await newsroom();
  const ignoring = (person: string, level = 'ignored', who: 'alice' | 'visitor' = 'alice') => as(who).run(ignorePerson, { person, level });
  await expect(ignoring('agnes')).rejects.toMatchObject({ reason: 'conflict' });
  await expect(ignoring('alice')).rejects.toMatchObject({ reason: 'conflict' });
  await expect(ignoring('nobody')).rejects.toMatchObject({ reason: 'not_found' });
  await expect(ignoring('bob', 'x')).rejects.toMatchObject({ issues: { level: 'Choose how much you want to hear.' } });
  await expect(ignoring('bob', 'muted', 'visitor')).rejects.toMatchObject({ reason: 'signed_out' });
  await ignoring('bob');
  await db.$client.execute("update users set role = 'agent' where id = 'usr_bob'");
  await as('alice').run(openTopic, question);
  await as('bob', { role: 'agent' }).run(replyToTopic, { number: 1, body: 'Here.' });
  await deliver();
  expect([(await told('alice')).length, (await as('alice').load(everybodyIgnored(9)))[0]]).toEqual([1, []]);
});
