import { expect, test } from 'vitest';
import { keepCategory } from '../../worker/categories/keep.ts';
import { categoriesKept } from '../../worker/categories/queries.ts';
import { follow } from '../../worker/following/follow.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { allCategories, categoryBySlug, postsByAuthor, postsOfTopic, postsPage, standingOfTopic, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { voteOnTopic } from '../../worker/forum/vote.ts';
import { searched } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { type cast, stoa } from '../support/stoa.ts';

const secret = { name: 'Beta', slug: 'beta', see: 'account:Acme' };
const topic = { category: 'beta', title: 'Canary of the beta', body: 'A zebra.', tags: 'zebra', kind: 'question' };
const everyone = ['visitor', 'alice', 'bob', 'carol', 'mara', 'lena', 'agnes', 'cleo', 'ada'] as const;

test('a category that lets in one account is nowhere for others: no list, page, search, vote, follow or notification tells of it', async () => {
  const { as, deliver, told, db } = await newsroom();
  await as('bob').run(follow, { kind: 'tag', target: 'zebra', level: 'watching' });
  await as('ada').run(keepCategory, secret);
  const { id: parent } = await as('ada').run(keepCategory, { name: 'Middle', slug: 'middle', parent: (await as('ada').load(categoriesKept()))[0].find(({ slug }) => slug === 'beta')!.id });
  await as('ada').run(keepCategory, { name: 'Below', slug: 'below', parent });
  await as('alice').run(openTopic, topic);
  await as('alice').run(openTopic, { ...topic, category: 'below', title: 'Canary below', body: 'A zebra, @bob.' });
  await as('carol').run(replyToTopic, { number: 1, body: 'Canary, @bob and @alice.' });
  await deliver();
  const seen = async (who: (typeof everyone)[number]) => {
    const found = await as(who).load(allCategories(), topicsPage({ limit: 9 }, {}), topicsPage({ limit: 9 }, { unanswered: true }), topicsPage({ limit: 9 }, { tag: 'zebra' }), topicsPage({ limit: 9 }, { category: 'beta' }), postsOfTopic(1, 1), postsPage({ limit: 9 }, 1), postsOfTopic(1, 2), postsByAuthor('alice', 9), searched('zebra', { locale: 'en', limit: 9 }), searched('canary', { locale: 'en', limit: 9 }));
    return JSON.stringify(found).match(/canary|zebra|beta|middle|below/gi)?.length ?? 0;
  };
  for (const who of everyone) expect([who, (await seen(who)) > 0]).toEqual([who, !['visitor', 'bob', 'lena'].includes(who)]);
  for (const query of [topicByNumber(1), topicByNumber(2), standingOfTopic(1), categoryBySlug('beta')]) await expect(as('bob').load(query)).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(replyToTopic, { number: 1, body: 'Let me in.' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(voteOnTopic, { number: 1, isFor: true })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(follow, { kind: 'topic', target: '1', level: 'watching' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(openTopic, topic)).rejects.toMatchObject({ reason: 'invalid' });
  expect(await told('bob')).toEqual([]);
  expect((await db.$client.execute("select count(*) n from notifications where user_id = 'usr_bob'")).rows[0]!['n']).toBe(0);
  expect((await told('alice')).map(([kind]) => kind)).toEqual(['mentioned']);
});

test('a group of staff and the accounts of a CSM are let in, and nobody else sees, finds, replies or is told', async () => {
  const { as, deliver, told, db } = await newsroom();
  await db.$client.execute("update accounts set csm_id = 'usr_cleo' where id = 'acc_acme'");
  await db.$client.batch(["insert into groups (id, name, created_at) values ('grp_beta', 'Beta team', 0), ('grp_other', 'Others', 0)", "insert into group_members (group_id, user_id) values ('grp_beta', 'usr_lena'), ('grp_other', 'usr_agnes')"], 'write');
  await db.$client.batch(["insert into roles (id, name, base, permissions, created_at) values ('rol_none', 'None', 'agent', '[]', 0)", "update users set role_id = 'rol_none' where id in ('usr_agnes', 'usr_cleo')"], 'write');
  await as('ada').run(keepCategory, { ...secret, see: 'csm:Cleo@example.org, group:beta team', create: 'csm:cleo', reply: 'group:Beta team' });
  expect((await as('ada').load(categoriesKept()))[0].find(({ slug }) => slug === 'beta')).toMatchObject({ see: ['csm:usr_cleo', 'group:grp_beta'], create: ['csm:usr_cleo'], reply: ['group:grp_beta'] });
  const cleo = { permissions: [] };
  for (const who of ['bob', 'lena', 'agnes', 'cleo'] as const) await as(who, { permissions: [] }).run(follow, { kind: 'tag', target: 'zebra', level: 'watching' });
  await as('alice').run(openTopic, topic);
  await as('lena').run(replyToTopic, { number: 1, body: 'Canary, @bob, @agnes, @cleo and @carol.' });
  await expect(as('carol').run(replyToTopic, { number: 1, body: 'Me too.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('lena').run(openTopic, topic)).rejects.toMatchObject({ reason: 'invalid' });
  await deliver();
  const sees = async (who: (typeof everyone)[number], more = {}) => JSON.stringify(await as(who, more).load(allCategories(), topicsPage({ limit: 9 }, { tag: 'zebra' }), postsOfTopic(1, 1), searched('zebra', { locale: 'en', limit: 9 }), searched('#beta', { locale: 'en', limit: 9 }))).match(/canary|zebra|beta/gi) !== null;
  expect([await sees('alice'), await sees('carol'), await sees('lena'), await sees('cleo', cleo)]).toEqual([true, true, true, true]);
  expect([await sees('visitor'), await sees('bob'), await sees('agnes', { permissions: [] })]).toEqual([false, false, false]);
  const toldOf = async (who: 'bob' | 'agnes' | 'cleo' | 'carol') => Number((await db.$client.execute({ sql: 'select count(*) n from notifications where user_id = ?', args: [`usr_${who}`] })).rows[0]!['n']) > 0;
  expect([await toldOf('bob'), await toldOf('agnes'), await toldOf('cleo'), await toldOf('carol')]).toEqual([false, false, true, true]);
  await db.$client.execute("update accounts set csm_id = 'usr_ada' where id = 'acc_acme'");
  await db.$client.execute("delete from groups where id = 'grp_beta'");
  expect([await sees('alice'), await sees('lena'), (await told('carol')).map(([, title]) => title)]).toEqual([false, false, []]);
});

test('a plan, a role, and a moderator of one category are let in', async () => {
  const { as, db } = await stoa();
  await db.$client.execute("update accounts set plan = 'Enterprise' where id = 'acc_olive'");
  const { id } = await as('ada').run(keepCategory, { ...secret, see: 'plan:Enterprise, role:light_agent' });
  const sees = async (who: keyof typeof cast, more = {}) => (await as(who, more).load(allCategories()))[0].some(({ slug }) => slug === 'beta');
  expect([await sees('bob'), await sees('lena'), await sees('alice'), await sees('visitor')]).toEqual([true, true, false, false]);
  expect([await sees('mara', { scopes: { categories: [id] } }), await sees('mara', { scopes: { categories: ['cat_help'] } })]).toEqual([true, false]);
});

test('some read, fewer reply, fewer still open topics; nobody moves a topic to where they may not open one', async () => {
  const { as } = await stoa();
  await as('ada').run(keepCategory, { name: 'News', slug: 'news', reply: 'role:customer', create: 'role:agent' });
  await expect(as('alice').run(openTopic, { ...topic, category: 'news' })).rejects.toMatchObject({ reason: 'invalid', issues: { category: 'You may not open topics in this category.' } });
  await as('agnes').run(openTopic, { ...topic, category: 'news' });
  await as('alice').run(replyToTopic, { number: 1, body: 'Nice.' });
  await expect(as('lena').run(replyToTopic, { number: 1, body: 'Nice.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('alice').run(openTopic, { ...topic, category: 'help' });
  await expect(as('alice').run(changeTopic, { number: 2, category: 'news' })).rejects.toMatchObject({ reason: 'invalid' });
  expect((await as('visitor').load(topicByNumber(1)))[0].title).toBe(topic.title);
});

test('only who keeps the settings keeps categories, with addresses of their own, one below another and never below itself', async () => {
  const { as, db } = await stoa();
  await expect(as('agnes').run(keepCategory, secret)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepCategory, secret)).rejects.toMatchObject({ reason: 'signed_out' });
  const wrong = async (more: object) => as('ada').run(keepCategory, { ...secret, ...more }).then(() => undefined, (error) => Object.keys(error.issues));
  expect([await wrong({ name: ' ' }), await wrong({ slug: 'help' }), await wrong({ slug: 'A b' }), await wrong({ see: 'account:Nobody' }), await wrong({ see: 'role:king' }), await wrong({ see: 'group:Nobody' }), await wrong({ see: 'csm:alice' }), await wrong({ parent: 'cat_nowhere' })]).toEqual([['name'], ['slug'], ['slug'], ['see'], ['see'], ['see'], ['see'], ['parent']]);
  const { id } = await as('ada').run(keepCategory, { ...secret, parent: 'cat_help' });
  const { id: deeper } = await as('ada').run(keepCategory, { ...secret, slug: 'deeper', parent: id });
  for (const parent of [id, deeper]) expect(await wrong({ id, parent })).toEqual(['parent']);
  await expect(db.$client.execute({ sql: 'update categories set parent_id = ? where id = ?', args: [deeper, 'cat_help'] })).rejects.toThrow(/below itself/);
  await as('ada').run(keepCategory, { ...secret, id, name: 'Gamma', see: '' });
  expect((await as('visitor').load(categoryBySlug('beta')))[0].name).toBe('Gamma');
  expect((await as('agnes').load(categoriesKept()))[0]).toEqual([]);
});
