import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { weighDocuments } from '../../worker/search/jobs.ts';
import { searched } from '../../worker/search/queries.ts';
import { indexed } from '../../worker/search/schema.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';

const open = (world: Stoa, title: string, body: string) => world.as('mara').run(openTopic, { category: 'help', title, body, tags: '', kind: 'question' });
const found = async (world: Stoa, q: string) => {
  await weighDocuments.work(settingOf(world));
  const [hits] = await world.as('visitor').load(searched(q, { locale: 'en', limit: 10 }));
  return hits.map(({ title, url }) => [title, url.split('#')[1]]);
};

test('of topics that say the same, the solved one comes first and the locked one last', async () => {
  const world = await stoa();
  for (const title of ['Broken lamp one', 'Broken lamp two', 'Broken lamp three']) await open(world, title, 'The lamp is broken.');
  expect((await found(world, 'broken lamp')).map(([title]) => title)).toEqual(['Broken lamp three', 'Broken lamp two', 'Broken lamp one']);
  const { id } = await world.as('bob').run(replyToTopic, { number: 1, body: 'Buy another.' });
  await world.as('mara').run(acceptAnswer, { number: 1, post: id });
  await world.as('mara').run(lockTopic, { number: 3, locked: true, code: 'off_topic', words: 'Enough.' });
  expect((await found(world, 'broken lamp')).map(([title]) => title)).toEqual(['Broken lamp one', 'Broken lamp two', 'Broken lamp three']);
});

test('of two replies that say the same, that of the team is shown', async () => {
  const world = await stoa();
  await open(world, 'Slow page', 'It takes long.');
  for (const who of ['bob', 'agnes', 'carol'] as const) await world.as(who).run(replyToTopic, { number: 1, body: 'Clear the flux capacitor.' });
  expect(await found(world, 'flux capacitor')).toEqual([['Slow page', 'post-3']]);
});

test('what is called just what was typed comes first', async () => {
  const world = await stoa();
  await open(world, 'Refund', 'Ask us.');
  await open(world, 'Refund wanted', 'Refund.');
  const { id } = await world.as('bob').run(replyToTopic, { number: 2, body: 'Here it is.' });
  await world.as('mara').run(acceptAnswer, { number: 2, post: id });
  expect((await found(world, 'REFUND'))[0]).toEqual(['Refund', undefined]);
});

test('of what says the same, the fresh comes before the old, but not before what was solved', async () => {
  const world = await stoa();
  for (const title of ['Torn map one', 'Torn map two', 'Torn map three']) await open(world, title, 'The map is torn.');
  await world.db.$client.execute({ sql: "update search_documents set updated_at = case title when 'Torn map one' then ?1 else ?1 - 700 * 86400000 end", args: [Date.now()] });
  expect((await found(world, 'torn map')).map(([title]) => title)).toEqual(['Torn map one', 'Torn map three', 'Torn map two']);
  const { id } = await world.as('bob').run(replyToTopic, { number: 2, body: 'Glue it.' });
  await world.as('mara').run(acceptAnswer, { number: 2, post: id });
  expect((await found(world, 'torn map')).map(([title]) => title)).toEqual(['Torn map two', 'Torn map one', 'Torn map three']);
});

test('of two articles that say the same, customers find that for everyone first, and the team the newer one', async () => {
  const world = await stoa();
  for (const [i, audience] of ['everyone', 'team'].entries()) {
    const id = `art_${audience}`;
    const writing = [...indexed(world.db, { type: 'article', refId: id, locale: 'en', title: `Worn rope for ${audience}`, url: `/kb/start/${audience}`, tags: [], text: 'The rope is worn.', updatedAt: new Date(world.now.getTime() + i) })].map((one) => one.toSQL());
    await world.db.$client.execute({ sql: "insert into articles (id, category, slug, locale, title, summary, body, audience, source, position, updated_at) values (?, 'start', ?, 'en', ?, '', 'The rope is worn.', ?, 'import', 1, ?)", args: [id, audience, `Worn rope for ${audience}`, audience, world.now.getTime() + i] });
    await world.db.$client.batch(writing.map(({ sql, params }) => ({ sql, args: params as string[] })), 'write');
  }
  await weighDocuments.work(settingOf(world));
  const titles = async (who: 'visitor' | 'mara' | 'agnes') => (await world.as(who).load(searched('worn rope', { locale: 'en', limit: 10 })))[0].map(({ title }) => title);
  expect(await titles('visitor')).toEqual(['Worn rope for everyone', 'Worn rope for team']);
  expect(await titles('mara')).toEqual(['Worn rope for everyone', 'Worn rope for team']);
  expect(await titles('agnes')).toEqual(['Worn rope for team', 'Worn rope for everyone']);
  await world.db.$client.execute("update articles set audience = case audience when 'team' then 'everyone' else 'team' end");
  await weighDocuments.work(settingOf(world));
  expect(await titles('visitor')).toEqual(['Worn rope for team', 'Worn rope for everyone']);
});
