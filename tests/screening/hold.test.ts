import { expect, test } from 'vitest';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { formKey } from '../../worker/platform/form-time.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { decideHeld } from '../../worker/screening/decide.ts';
import { heldToDo } from '../../worker/screening/queries.ts';
import { question, SECRET } from '../support/stoa.ts';
import { newcomers } from './support.ts';

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

test('the first posts of new people wait, seen by them and by moderators alone, and count nowhere', async () => {
  const { as, queue, mine, read, db } = await newcomers({ firstPosts: 2 });
  expect(await as('alice').run(replyToTopic, { number: 1, body: 'A zebra reply.' })).toMatchObject({ number: 1, place: null, isHeld: true });
  expect(await as('alice').run(openTopic, { ...question, title: 'Zebra zebra', body: 'A zebra topic.' })).toMatchObject({ number: null, isHeld: true });
  for (const who of ['visitor', 'alice', 'bob', 'lena', 'mara'] as const) expect([who, (await read(who)).includes('ebra')]).toEqual([who, false]);
  expect((await mine('alice')).map(({ kind, body, status }) => [kind, body, status])).toEqual([['topic', 'A zebra topic.', 'waiting'], ['reply', 'A zebra reply.', 'waiting']]);
  for (const who of ['bob', 'visitor', 'mara'] as const) expect(await mine(who)).toEqual([]);
  expect((await queue()).map(({ kind, author, title, reasons }) => [kind, author, title, reasons])).toEqual([['reply', 'alice', 'How do I print?', [{ rule: 'first', detail: '1' }]], ['topic', 'alice', 'Zebra zebra', [{ rule: 'first', detail: '1' }]]]);
  for (const who of ['alice', 'visitor'] as const) expect(await queue(who)).toEqual([]);
  expect((await as('mara', { scopes: { categories: ['cat_other'] } }).load(heldToDo(50)))[0]).toEqual([]);
  expect(await db.select().from(feedback)).toEqual([]);
  expect((await db.select().from(outbox)).map(({ type }) => type)).toEqual(['topic.opened', 'post.held', 'post.held']);
});

test('what is let through comes in the name of who wrote it, with the date of now, counted, found and told; many at once', async () => {
  const { as, by, queue, mine, read, deliver, told, db, now } = await newcomers({ firstPosts: 2 });
  await as('alice').run(replyToTopic, { number: 1, body: 'A zebra reply, @bob.' });
  await as('alice').run(openTopic, { ...question, title: 'Zebra zebra', body: 'A zebra topic.', tags: 'stripes' });
  await deliver();
  expect([await told('agnes'), await told('bob')]).toEqual([[], []]);
  await as('bob').run(replyToTopic, { number: 1, body: 'Mine waits too.' });
  const [first, second] = await queue();
  expect(await by('mara', 'unknown', 60).run(decideHeld, { held: [first!.id, second!.id], decision: 'approve' })).toEqual({ count: 2, decision: 'approve' });
  await deliver();
  const [posts, { items }] = await as('visitor').load(postsOfTopic(1, 1), topicsPage({ limit: 9 }, {}));
  const then = new Date(now.getTime() + 3_600_000);
  expect(posts.map(({ number, author, createdAt }) => [number, author.name, createdAt])).toEqual([[1, 'agnes', now], [2, 'alice', then]]);
  expect(items.map(({ number, title, author, postsCount, createdAt, tags }) => [number, title, author, postsCount, createdAt, tags])).toEqual([[2, 'Zebra zebra', 'alice', 1, then, ['stripes']], [1, 'How do I print?', 'agnes', 2, now, []]]);
  expect((await read('visitor')).match(/A zebra (reply|topic)/g)!.length).toBe(3);
  expect((await db.select().from(feedback)).map(({ source, personId, accountId }) => [source, personId, accountId])).toEqual([['post', 'usr_alice', 'acc_acme'], ['topic', 'usr_alice', 'acc_acme']]);
  expect((await told('alice')).map(([kind, title]) => [kind, title]).sort()).toEqual([['approved', 'How do I print?'], ['approved', 'Zebra zebra']]);
  expect([await told('agnes'), await told('bob')]).toEqual([[['replied', 'How do I print?', 2]], [['mentioned', 'How do I print?', 2]]]);
  expect((await db.select().from(outbox)).filter(({ type }) => /opened|written|approved/.test(type)).map(({ type, actorId }) => [type, actorId])).toEqual([['topic.opened', 'usr_agnes'], ['post.written', 'usr_alice'], ['topic.opened', 'usr_alice'], ['post.approved', 'usr_mara'], ['post.approved', 'usr_mara']]);
  expect([(await queue()).length, await mine('alice')]).toEqual([1, []]);
});

test('what is sent back is kept for who wrote it, with the reason, and told to them; two moderators decide once', async () => {
  const { as, queue, mine, read, deliver, told } = await newcomers({ firstPosts: 1 });
  await as('alice').run(openTopic, { ...question, title: 'Zebra', body: 'Buy a zebra.' });
  const held = idsOf(await queue());
  await expect(as('mara').run(decideHeld, { held, decision: 'reject' })).rejects.toMatchObject({ issues: { words: 'Say why.' } });
  await expect(as('mara').run(decideHeld, { held: [], decision: 'reject' })).rejects.toMatchObject({ issues: { held: 'Choose at least one.' } });
  await expect(as('mara').run(decideHeld, { held, decision: 'maybe' })).rejects.toMatchObject({ issues: { decision: 'Choose what to do.' } });
  await expect(as('mara').run(decideHeld, { held: [...held, 'hld_none'], decision: 'approve' })).rejects.toMatchObject({ reason: 'not_found' });
  for (const who of ['bob', 'visitor', 'lena'] as const) await expect(as(who).run(decideHeld, { held, decision: 'approve' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(decideHeld, { held, decision: 'approve' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara', { scopes: { categories: ['cat_other'] } }).run(decideHeld, { held, decision: 'approve' })).rejects.toMatchObject({ reason: 'not_found' });
  const both = await Promise.allSettled([as('mara').run(decideHeld, { held, decision: 'reject', words: 'No advertising.' }), as('agnes').run(decideHeld, { held, decision: 'reject', words: 'No advertising.' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await deliver();
  expect((await mine('alice')).map(({ status, words, body }) => [status, words, body])).toEqual([['rejected', 'No advertising.', 'Buy a zebra.']]);
  expect([await queue(), (await read('visitor')).includes('ebra'), (await told('alice')).map(([kind]) => kind)]).toEqual([[], false, ['rejected']]);
});

test('a change of a post that is held changes nothing until it is let through; a later one of the same post takes its place', async () => {
  const { as, queue, read, db } = await newcomers();
  const { number } = await as('alice').run(openTopic, { ...question, title: 'Mine', body: 'Harmless words.' });
  await db.$client.execute("insert into word_rules (id, pattern, action, created_at) values ('wrd_1', 'zebra', 'hold', 0)");
  const [[post]] = await as('alice').load(postsOfTopic(number!, 1));
  expect(await as('alice').run(editPost, { post: post!.id, body: 'Buy a zebra.' })).toMatchObject({ isHeld: true });
  expect(await as('alice').run(editPost, { post: post!.id, body: 'Buy two zebra.' })).toMatchObject({ isHeld: true });
  expect(await as('alice').run(changeTopic, { number: number!, title: 'Harmless' })).toMatchObject({ isHeld: false });
  expect((await read('bob')).includes('ebra')).toBe(false);
  const [held, ...more] = await queue();
  expect([held!.kind, held!.body, held!.reasons, more]).toEqual(['edit', 'Buy two zebra.', [{ rule: 'word', detail: 'zebra' }], []]);
  await as('mara').run(decideHeld, { held: [held!.id], decision: 'approve' });
  const [[now]] = await as('bob').load(postsOfTopic(number!, 1));
  expect([now!.html?.includes('Buy two zebra.'), now!.editedAt]).toEqual([true, expect.any(Date)]);
  expect(await as('alice').run(changeTopic, { number: number!, title: 'Zebra for sale' })).toMatchObject({ isHeld: true });
  expect((await as('bob').load(topicsPage({ limit: 9 }, {})))[0].items.map(({ title }) => title)).not.toContain('Zebra for sale');
});

test('below a level a category asks for, posts wait; from it on, and of those who work here, none does', async () => {
  const { as, queue, db } = await newcomers({ below: 'news 3, help 1' });
  await as('alice').run(replyToTopic, { number: 1, body: 'Mine.' });
  await db.$client.execute("insert into trust (user_id, level) values ('usr_bob', 1)");
  expect((await as('bob').run(replyToTopic, { number: 1, body: 'Mine.' })).isHeld).toBe(false);
  expect((await as('mara').run(replyToTopic, { number: 1, body: 'Mine.' })).isHeld).toBe(false);
  expect((await queue()).map(({ author, reasons }) => [author, reasons])).toEqual([['alice', [{ rule: 'level', detail: '1' }]]]);
});

test('a form that comes back sooner than anybody types waits; so does one that hides when it was drawn; an API call has no form', async () => {
  const { as, queue, now } = await newcomers({ fastSeconds: 5 });
  const drawn = (secondsAgo: number) => formKey(SECRET, now.getTime() - secondsAgo * 1_000);
  const sent = async (body: string, key?: string) => (await as('alice').run(replyToTopic, { number: 1, body }, key)).isHeld;
  expect([await sent('One.', drawn(2)), await sent('Two.', drawn(8)), await sent('Three.', ''), await sent('Four.', `${drawn(8).slice(0, -1)}!`), await sent('Five.'), await sent('Six.', '/topics/1/posts key')]).toEqual([true, false, true, true, false, false]);
  expect((await queue()).map(({ reasons }) => reasons[0])).toEqual([{ rule: 'fast', detail: '2' }, { rule: 'fast', detail: '0' }, { rule: 'fast', detail: '0' }]);
});

const LETTER = 'Dear all, we have the best offers for calendars and reminders this week, come and look at them before they are gone.';

test('the same again, or nearly, by anybody new within a day waits; short thanks do not, nor does it a day later', async () => {
  const { as, by, queue } = await newcomers();
  const sent = async (who: 'alice' | 'bob' | 'carol', body: string) => (await as(who).run(replyToTopic, { number: 1, body })).isHeld;
  expect([await sent('alice', LETTER), await sent('bob', LETTER.toUpperCase()), await sent('carol', `${LETTER} Hurry.`), await sent('carol', 'Something else entirely, about paper that does not fit into the tray of the machine.')]).toEqual([false, true, true, false]);
  expect([await sent('alice', 'Thank you!'), await sent('bob', 'Thank you!')]).toEqual([false, false]);
  expect((await queue()).map(({ reasons }) => reasons)).toEqual([[{ rule: 'twin', detail: '' }], [{ rule: 'twin', detail: '' }]]);
  expect((await by('bob', 'unknown', 60 * 25).run(replyToTopic, { number: 1, body: LETTER })).isHeld).toBe(false);
});

test('a link that a third new person brings within a day waits, and a site that nobody trusted linked to, if that is asked for', async () => {
  const { as, queue } = await newcomers({ newSites: true });
  await as('agnes').run(replyToTopic, { number: 1, body: 'See https://www.good.example/guide.' });
  await as('mara').run(replyToTopic, { number: 1, body: 'See https://good.example.' });
  const sent = async (who: 'alice' | 'bob' | 'carol', body: string) => (await as(who).run(replyToTopic, { number: 1, body })).isHeld;
  expect(await sent('alice', 'Mine: https://bad.example/x')).toBe(true);
  const [held] = await queue();
  expect(held!.reasons).toEqual([{ rule: 'domain', detail: 'bad.example' }]);
  await as('mara').run(decideHeld, { held: [held!.id], decision: 'approve' });
  expect([await sent('alice', 'See http://bad.example/offer'), await sent('bob', 'Look: www.bad.example/offer'), await sent('carol', 'https://bad.example/offer/ is it')]).toEqual([false, false, true]);
  expect((await queue()).map(({ reasons }) => reasons)).toEqual([[{ rule: 'burst', detail: '3' }]]);
});
