import { expect, test } from 'vitest';
import { saveDraft } from '../../worker/drafts/save.ts';
import { draftOf } from '../../worker/drafts/queries.ts';
import { follow } from '../../worker/following/follow.ts';
import { followOfTag } from '../../worker/following/queries.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { mainTag } from '../../worker/forum/records.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { splitTopic } from '../../worker/moderation/split.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { searched } from '../../worker/search/queries.ts';
import { addSynonym } from '../../worker/tags/add-synonym.ts';
import { findByTags } from '../../worker/tags/jobs.ts';
import { keepTagGroup } from '../../worker/tags/keep-group.ts';
import { keepTagRules } from '../../worker/tags/keep-rules.ts';
import { allTagGroups, synonymsKept, tagRulesKept } from '../../worker/tags/queries.ts';
import { removeTagGroup } from '../../worker/tags/remove-group.ts';
import { removeSynonym } from '../../worker/tags/remove-synonym.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { question, settingOf, stoa, type Stoa } from '../support/stoa.ts';

const tagsOf = async ({ as }: Stoa, number: number) => (await as('visitor').load(topicByNumber(number)))[0].tags;
const ofTicket = async ({ db }: Stoa) => (await db.select().from(tickets))[0]!.tags;
const found = async ({ as }: Stoa, tag: string) => (await as('visitor').load(topicsPage({ limit: 10 }, { tag })))[0].items.map(({ number }) => number);

test('a synonym is the main tag wherever it is written, also in what has it already, and its follower follows on', async () => {
  const world = await stoa();
  const { as, db } = world;
  await as('mara').run(openTopic, { ...question, tags: 'text, urgent' });
  await as('mara').run(openTopic, { ...question, tags: 'sms, text' });
  await as('alice').run(openTicket, { subject: 'No text', body: 'None.' });
  await as('agnes').run(changeTicket, { number: 1, tags: 'text' });
  await as('bob').run(follow, { kind: 'tag', target: 'text', level: 'watching' });
  await as('ada').run(addSynonym, { synonym: 'Text', tag: 'SMS' });
  expect([await tagsOf(world, 1), await tagsOf(world, 2)]).toEqual([['sms', 'urgent'], ['sms']]);
  expect([await found(world, 'text'), (await found(world, 'sms')).sort()]).toEqual([[], [1, 2]]);
  expect(await ofTicket(world)).toEqual(['sms']);
  expect((await as('bob').load(followOfTag('sms'), followOfTag('text'))).map((one) => one?.level)).toEqual(['watching', null]);
  await as('ada').run(addSynonym, { synonym: 'never-used', tag: 'sms' });
  expect((await as('ada').load(synonymsKept()))[0].map(({ synonym, topics, tickets }) => [synonym, topics, tickets])).toEqual([['never-used', 0, 0], ['text', 2, 1]]);
  await as('ada').run(removeSynonym, { synonym: 'never-used' });
  expect((await as('visitor').load(mainTag('text'), mainTag('sms'))).map((one) => one?.tag)).toEqual(['sms', undefined]);

  await as('mara').run(openTopic, { ...question, tags: ['text', 'sms', 'new'] });
  await as('mara').run(changeTopic, { number: 1, tags: 'urgent, text' });
  await as('agnes').run(changeTicket, { number: 1, tags: 'late, text' });
  await as('carol').run(follow, { kind: 'tag', target: 'text', level: 'tracking' });
  expect([await tagsOf(world, 3), await tagsOf(world, 1), await ofTicket(world)]).toEqual([['sms', 'new'], ['urgent', 'sms'], ['late', 'sms']]);
  expect((await as('carol').load(followOfTag('sms')))[0]?.level).toBe('tracking');
  const changed = (await db.select().from(outbox)).filter(({ type }) => type === 'topic.changed');
  expect(changed.map(({ data }) => data['to'])).toEqual([{ tags: ['urgent', 'sms'] }]);

  await as('ada').run(removeSynonym, { synonym: 'text' });
  expect([await tagsOf(world, 1), (await tagsOf(world, 2)).toSorted(), await tagsOf(world, 3)]).toEqual([['urgent', 'text'], ['sms', 'text'], ['sms', 'new']]);
  expect((await found(world, 'text')).sort()).toEqual([1, 2]);
  expect(await ofTicket(world)).toEqual(['late', 'text']);
  await as('mara').run(openTopic, { ...question, tags: 'text' });
  expect(await tagsOf(world, 4)).toEqual(['text']);
  expect((await as('ada').load(synonymsKept()))[0]).toEqual([]);
});

test('by the minute, topics of before are found by the main tag and by its synonyms, also when they are many, changed or new; and no more by one that is none', async () => {
  const world = await stoa();
  const { as } = world;
  const numbers = async (typed: string) => (await as('visitor').load(searched(typed, { locale: 'en', limit: 99 })))[0].map(({ url }) => Number(/topics\/(\d+)/.exec(url)![1])).sort((a, b) => a - b);
  const minute = () => findByTags.work(settingOf(world));
  for (let i = 0; i < 90; i++) await as('mara').run(openTopic, { ...question, tags: i % 2 ? 'zebrafish' : 'okapi' });
  const [odd, even] = [Array.from({ length: 45 }, (_, i) => 2 * i + 2), Array.from({ length: 45 }, (_, i) => 2 * i + 1)];
  const all = [...odd, ...even].sort((a, b) => a - b);
  expect([await numbers('zebrafish'), await numbers('okapi')]).toEqual([odd, even]);
  await as('ada').run(addSynonym, { synonym: 'zebrafish', tag: 'okapi' });
  await minute();
  expect([await numbers('okapi'), await numbers('zebrafish')]).toEqual([all, all]);
  const [[post]] = await as('mara').load(postsOfTopic(2, 1));
  await as('mara').run(editPost, { post: post!.id, body: 'In other words.' });
  await as('mara').run(openTopic, { ...question, tags: 'okapi' });
  expect(await numbers('zebrafish')).toEqual([...all, 91]);
  await as('ada').run(removeSynonym, { synonym: 'zebrafish' });
  await minute();
  expect([await numbers('zebrafish'), await numbers('okapi')]).toEqual([odd, [...even, 91]]);
  expect(await minute()).toBe(0);
});

test('synonyms make no chains and no circles, and are for those who keep the settings', async () => {
  const { as } = await stoa();
  await as('ada').run(addSynonym, { synonym: 'text', tag: 'sms' });
  const refused = (synonym: string, tag: string) => as('ada').run(addSynonym, { synonym, tag }).then(() => 'taken', ({ issues }: { issues: object }) => Object.keys(issues));
  expect([await refused('x', 'x'), await refused('text', 'y'), await refused('sms', 'y'), await refused('y', 'text'), await refused('', 'y'), await refused('a, b', 'y')]).toEqual([['tag'], ['synonym'], ['synonym'], ['tag'], ['synonym'], ['synonym']]);
  expect((await as('ada').load(synonymsKept()))[0].map(({ synonym, tag, topics }) => [synonym, tag, topics])).toEqual([['text', 'sms', 0]]);
  for (const who of ['mara', 'agnes', 'alice'] as const) {
    await expect(as(who).run(addSynonym, { synonym: 'a', tag: 'b' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(who).run(removeSynonym, { synonym: 'text' })).rejects.toMatchObject({ reason: 'not_found' });
    expect((await as(who).load(synonymsKept()))[0]).toEqual([]);
  }
  await expect(as('visitor').run(addSynonym, { synonym: 'a', tag: 'b' })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('a category that asks for a tag of a group publishes none without, and says which there are; of a one-of group there is one', async () => {
  const world = await stoa();
  const { as } = world;
  const group = { name: 'Platform', tags: 'Windows, mac, linux', isOneOf: 'on', requiredIn: ['cat_help'] };
  const { id } = await as('ada').run(keepTagGroup, group);
  await as('ada').run(addSynonym, { synonym: 'osx', tag: 'mac' });
  expect((await as('visitor').load(allTagGroups()))[0]).toEqual([{ id, name: 'Platform', tags: ['windows', 'mac', 'linux'], isOneOf: true, requiredIn: ['cat_help'] }]);
  const asks = { issues: { [`tags-${id}`]: 'This category asks for a tag of “Platform”: windows, mac, linux.' } };
  const one = { issues: { [`tags-${id}`]: 'Choose only one of “Platform”: windows, mac, linux.' } };
  await expect(as('alice').run(openTopic, { ...question, tags: 'printer' })).rejects.toMatchObject(asks);
  await expect(as('agnes').run(openTopic, question)).rejects.toMatchObject(asks);
  await expect(as('alice').run(openTopic, { ...question, tags: ['printer', 'mac', 'linux'] })).rejects.toMatchObject(one);
  await as('alice').run(openTopic, { ...question, tags: ['printer, osx', '', 'mac'] });
  expect(await tagsOf(world, 1)).toEqual(['printer', 'mac']);
  const [[post]] = await as('alice').load(postsOfTopic(1, 1));
  await expect(as('alice').run(editPost, { post: post!.id, tags: 'printer' })).rejects.toMatchObject(asks);
  await expect(as('alice').run(changeTopic, { number: 1, tags: 'osx, linux' })).rejects.toMatchObject(one);
  await as('alice').run(editPost, { post: post!.id, tags: 'linux', body: 'On Linux now.' });
  expect(await tagsOf(world, 1)).toEqual(['linux']);
  await as('ada').run(removeTagGroup, { id });
  await as('alice').run(openTopic, question);
});

test('a topic goes into a category that asks for a tag of a group only with one, moved, split off or by the API, whoever does it', async () => {
  const world = await stoa();
  const { as, db } = world;
  await db.$client.execute("insert into categories (id, slug, name) values ('cat_devices', 'devices', 'Devices')");
  await as('alice').run(openTopic, { ...question, tags: 'printer' });
  const { id: reply } = await as('bob').run(replyToTopic, { number: 1, body: 'And how do I scan?' });
  const { id } = await as('ada').run(keepTagGroup, { name: 'Platform', tags: 'Windows, mac', requiredIn: ['cat_devices'] });
  const asks = { reason: 'invalid', issues: { [`tags-${id}`]: 'This category asks for a tag of “Platform”: windows, mac.' } };
  const move = (who: 'alice' | 'mara' | 'ada', more: object = {}) => as(who).run(changeTopic, { number: 1, category: 'devices', ...more });
  for (const who of ['alice', 'mara', 'ada'] as const) for (const more of [{}, { tags: 'printer' }, { tags: '' }]) await expect(move(who, more)).rejects.toMatchObject(asks);
  await as('mara').run(changeTopic, { number: 1, category: 'help', tags: 'printer' });
  await move('mara', { tags: 'printer, mac' });
  expect(await tagsOf(world, 1)).toEqual(['printer', 'mac']);
  await as('mara').run(changeTopic, { number: 1, category: 'help' });
  await move('alice');
  const split = (more: object) => as('mara').run(splitTopic, { number: 1, posts: [reply], title: 'How do I scan?', ...more });
  await expect(split({})).rejects.toMatchObject(asks);
  await expect(split({ tags: 'scanner' })).rejects.toMatchObject(asks);
  const { number } = await split({ tags: ['scanner', 'windows'] });
  expect(await tagsOf(world, number)).toEqual(['scanner', 'windows']);
  expect((await as('visitor').load(topicsPage({ limit: 9 }, { tag: 'windows' })))[0].items.map((one) => one.number)).toEqual([number]);
  expect((await as('visitor').load(searched('tag:windows', { locale: 'en', limit: 5 })))[0].map(({ title }) => title)).toEqual(['How do I scan?']);
});

test('a group names its wrong fields, and has no synonyms in it', async () => {
  const { as } = await stoa();
  await as('ada').run(addSynonym, { synonym: 'osx', tag: 'mac' });
  await as('ada').run(keepTagGroup, { name: 'Platform', tags: 'a, b' });
  const refused = (said: object) => as('ada').run(keepTagGroup, { name: 'Other', tags: 'a, b', ...said }).then(() => 'taken', ({ issues }: { issues: object }) => issues);
  expect(await refused({ tags: 'osx, linux' })).toEqual({ tags: 'These are synonyms: osx. Write the tags that they mean.' });
  expect([await refused({ name: 'Platform' }), await refused({ tags: 'one' }), await refused({ tags: `${'x'.repeat(41)}, b` }), await refused({ requiredIn: ['cat_none'] })].map((one) => Object.keys(one))).toEqual([['name'], ['tags'], ['tags'], ['requiredIn']]);
  await expect(as('ada').run(keepTagGroup, { id: 'tgr_none', name: 'N', tags: 'a, b' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('mara').run(keepTagGroup, { name: 'N', tags: 'a, b' })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('where not everybody makes tags, others choose among those that there are', async () => {
  const world = await stoa();
  const { as } = world;
  await as('mara').run(openTopic, { ...question, tags: 'known' });
  await as('ada').run(keepTagGroup, { name: 'Platform', tags: 'mac, linux' });
  await as('ada').run(keepTagRules, { level: '5' });
  expect((await as('ada').load(tagRulesKept()))[0].level).toBe(5);
  await expect(as('alice').run(openTopic, { ...question, tags: 'known, fresh, mac' })).rejects.toMatchObject({ issues: { tags: 'Choose among the tags that there are. New here: fresh.' } });
  await as('alice').run(openTopic, { ...question, tags: 'known, mac' });
  await as('agnes').run(openTopic, { ...question, tags: 'fresh' });
  await as('alice').run(openTopic, { ...question, tags: 'fresh' });
  await as('ada').run(keepTagRules, { level: '1' });
  await as('alice').run(changeTopic, { number: 2, tags: 'of-my-own' });
  expect(await tagsOf(world, 2)).toEqual(['of-my-own']);
  await expect(as('ada').run(keepTagRules, { level: '6' })).rejects.toMatchObject({ issues: { level: expect.any(String) } });
  await expect(as('agnes').run(keepTagRules, { level: '0' })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('a draft keeps what was chosen of groups with what was typed', async () => {
  const { as } = await stoa();
  await as('alice').run(saveDraft, { title: 'Half', tags: ['printer', '', 'mac'] });
  expect((await as('alice').load(draftOf(undefined)))[0]?.tags).toBe('printer, mac');
});
