import { expect, test } from 'vitest';
import { noteById, notesOfPost } from '../../worker/advice/queries.ts';
import { tellAuthor } from '../../worker/advice/tell.ts';
import { ignorePerson } from '../../worker/following/ignore.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { reviewsToDo } from '../../worker/moderation/records.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { notificationsPage } from '../../worker/notifications/queries.ts';
import { seeNotifications } from '../../worker/notifications/see.ts';
import { addWord } from '../../worker/screening/add-word.ts';
import { decideHeld } from '../../worker/screening/decide.ts';
import { heldToDo, myHeld } from '../../worker/screening/queries.ts';
import { mostOf } from '../../worker/trust/access.ts';
import { newsroom } from '../notifications/support.ts';
import { settingOf } from '../support/stoa.ts';

/** Alice asks something that could be said better. */
async function asks() {
  const world = await newsroom();
  await world.as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.' });
  const [posts] = await world.as('alice').load(postsOfTopic(1, 1));
  await world.deliver();
  const post = posts[0]!.id;
  const tell = (who: 'bob' | 'carol' | 'mara', words: string, more: Record<string, unknown> = {}) => world.as(who).run(tellAuthor, { post, words, ...more });
  const heard = async () => (await world.as('alice').load(notificationsPage({ limit: 9 })))[0].items.filter(({ kind }) => kind === 'advised');
  return { ...world, post, tell, heard };
}

test('the author is told as from somebody, by a notice and a letter, and nobody reviews it', async () => {
  const { as, db, now, gate, deliver, deliverAgain, tell, heard } = await asks();
  await tell('bob', 'Say which printer it is.');
  await deliver();
  await deliverAgain();
  const [note, ...more] = await heard();
  expect([note, more]).toMatchObject([{ actor: null, topic: { title: 'How do I print?' }, seenAt: null }, []]);
  const [shown] = await as('alice').load(noteById(note!.about));
  expect(shown).toMatchObject({ words: 'Say which printer it is.', by: null, isMine: true });
  expect((await as('mara').load(reviewsToDo(9)))[0]).toEqual([]);
  await mailNews.work({ ...settingOf({ db, now: new Date(now.getTime() + 60_000) }), gate });
  const { rows } = await db.$client.execute("select to_address, subject, text from mails where subject like '%privately%'");
  expect(rows).toMatchObject([{ to_address: 'alice@example.org', subject: 'Someone tells you privately about your post: “How do I print?”' }]);
  expect(String(rows[0]!['text'])).toContain(`/forum/notes/${note!.about}`);
  expect(String(rows[0]!['text'])).not.toContain('bob');
  await as('alice').run(seeNotifications, { about: note!.about });
  expect((await heard())[0]!.seenAt).not.toBeNull();
});

test('a signed one says who it is from', async () => {
  const { as, deliver, tell, heard } = await asks();
  await tell('bob', 'Say which printer it is.', { signed: 'on' });
  await deliver();
  const [note] = await heard();
  expect([note!.actor, (await as('alice').load(noteById(note!.about)))[0].by]).toEqual(['bob', 'bob']);
});

test('only its author, who wrote it and moderators read a note; the latter two know who wrote it', async () => {
  const { as, post, deliver, tell, heard } = await asks();
  await tell('bob', 'Say which printer it is.');
  await deliver();
  const [note] = await heard();
  const read = async (who: 'alice' | 'bob' | 'mara' | 'carol' | 'visitor') => (await as(who).load(notesOfPost(post)))[0].map(({ by }) => by);
  expect([await read('alice'), await read('bob'), await read('mara'), await read('carol'), await read('visitor')]).toEqual([[null], ['bob'], ['bob'], [], []]);
  expect((await as('mara', { scopes: { categories: ['cat_other'] } }).load(notesOfPost(post)))[0]).toEqual([]);
  for (const who of ['carol', 'visitor'] as const) await expect(as(who).load(noteById(note!.about))).rejects.toMatchObject({ reason: 'not_found' });
});

test('once each, also at once; a report may follow', async () => {
  const { as, post, tell } = await asks();
  const both = await Promise.all([1, 2].map(() => tell('bob', 'Say which printer it is.').then(() => 'told', (error) => error.reason)));
  expect(both.sort()).toEqual(['conflict', 'told']);
  await expect(tell('bob', 'And when.')).rejects.toMatchObject({ reason: 'conflict' });
  await as('bob').run(flagPost, { post, kind: 'off_topic' });
});

test('it counts among the reports of the day, and is not for the newest', async () => {
  const { as, db, tell } = await asks();
  await db.$client.execute("update trust set level = 0 where user_id = 'usr_bob'");
  await expect(tell('bob', 'Say which printer it is.')).rejects.toMatchObject({ reason: 'forbidden' });
  await db.$client.execute("update trust set level = 1 where user_id = 'usr_bob'");
  for (let i = 0; i < mostOf('flags', 1); i++) await as('mara').run(openTopic, { category: 'help', title: `Topic ${i}`, body: 'Words.' });
  const { rows } = await db.$client.execute("select id from posts where author_id = 'usr_mara'");
  for (const { id } of rows) await as('bob').run(flagPost, { post: id, kind: 'off_topic' });
  await expect(tell('bob', 'Say which printer it is.')).rejects.toMatchObject({ reason: 'too_many' });
  await tell('carol', 'Say which printer it is.');
});

test('what a listed word holds waits for a moderator, then goes to the author as it was meant', async () => {
  const { as, deliver, tell, heard } = await asks();
  await as('ada').run(addWord, { pattern: 'pills', follows: 'hold' });
  await as('ada').run(addWord, { pattern: 'rubbish', follows: 'block' });
  await expect(tell('bob', 'This is rubbish.')).rejects.toMatchObject({ reason: 'invalid' });
  expect(await tell('bob', 'Take pills.', { signed: true })).toMatchObject({ isHeld: true });
  await expect(tell('bob', 'Again.')).rejects.toMatchObject({ reason: 'conflict' });
  await deliver();
  expect([await heard(), (await as('bob').load(myHeld(9)))[0].map(({ kind }) => kind)]).toEqual([[], ['signed_note']]);
  const [[held]] = await as('mara').load(heldToDo(9));
  await as('mara').run(decideHeld, { held: [held!.id], decision: 'approve' });
  await deliver();
  expect((await heard()).map(({ actor }) => actor)).toEqual(['bob']);
});

test('who is not heard tells nothing; oneself, visitors, strangers to the topic and empty words are refused', async () => {
  const { as, post, deliver, tell, heard } = await asks();
  await as('alice').run(ignorePerson, { person: 'bob', level: 'muted' });
  await tell('bob', 'Say which printer it is.');
  await deliver();
  expect(await heard()).toEqual([]);
  await expect(as('alice').run(tellAuthor, { post, words: 'Me.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(tellAuthor, { post, words: 'Hello.' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('carol').run(tellAuthor, { post: 'pst_none', words: 'Hello.' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(tell('carol', ' ')).rejects.toMatchObject({ issues: { words: 'Write what the author should know.' } });
  await expect(as('carol', { silencedUntil: Date.UTC(2027, 0, 1) }).run(tellAuthor, { post, words: 'Hello.' })).rejects.toMatchObject({ reason: 'forbidden' });
});
