import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
let cleo: string;
beforeAll(async () => {
  world = await api();
  cleo = await world.tokenOf('cleo@stoa.test');
});
afterAll(() => world?.close());

const list = async (path: string) => (await world.call('GET', path, { token: cleo })).body.items as any[];

test('feedback is what customers said, wherever, with the ids of their files; filters narrow it', async () => {
  const all = await list('/feedback?limit=100');
  expect(new Set(all.map(({ source }) => source.type)).size).toBeGreaterThan(3);
  for (const { source, person, account, theme, sentiment, createdAt } of all) {
    expect([source.importId !== null, person.name.length > 0, account === null || account.name.length > 0, theme, sentiment]).toEqual([true, true, true, null, null]);
    expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
  expect(all.map(({ createdAt }) => createdAt)).toEqual(all.map(({ createdAt }) => createdAt).sort().reverse());
  const { account, person } = all.find((item) => item.account);
  expect(new Set((await list(`/feedback?account=${account.id}`)).map((item) => item.account.id))).toEqual(new Set([account.id]));
  expect(new Set((await list(`/feedback?person=${person.id}`)).map((item) => item.person.id))).toEqual(new Set([person.id]));
  expect(new Set((await list('/feedback?source=survey')).map((item) => item.source.type))).toEqual(new Set(['survey']));
  expect(await list(`/accounts/${account.id}/timeline?limit=100`)).toEqual(await list(`/feedback?account=${account.id}&limit=100`));
  const topic = (await list('/feedback?source=topic'))[0];
  const [, number] = /^\/forum\/topics\/(\d+)$/.exec(topic.source.url)!;
  expect((await world.call('GET', `/topics/${number}`)).body).toMatchObject({ title: topic.title, importId: topic.source.importId });
});

test('what is said over the API is feedback at once; what staff say never is', async () => {
  const chris = await world.tokenOf('chris@acme.test');
  await world.call('POST', '/ideas', { token: chris, body: { title: 'Ζωντανή προβολή', body: 'Θα μας βοηθούσε πολύ.' } });
  await world.call('POST', '/ideas', { token: cleo, body: { title: 'Mine', body: 'Of staff.' } });
  const [newest] = await list('/feedback?source=idea');
  expect(newest).toMatchObject({ title: 'Ζωντανή προβολή', locale: 'el', source: { type: 'idea', importId: null } });
});

test('an article comes as it was written and as it is drawn, in the language asked for', async () => {
  for (const locale of ['en', 'el']) {
    const all = (await world.call('GET', `/articles?locale=${locale}&limit=100`)).body.items as any[];
    expect(all.every((item) => item.locale === locale)).toBe(true);
    for (const { category, slug, title } of all) {
      await world.visit(`${locale === 'el' ? '/el' : ''}/kb/${category}/${slug}`);
      const { body } = await world.call('GET', `/articles/${category}/${slug}?locale=${locale}`);
      expect([slug, body.title, body.body.length > 50, /<(p|h2|ul)>/.test(body.html)]).toEqual([slug, title, true, true]);
    }
  }
  await world.sql(`update articles set html = '<p>Drawn.</p>', renderer = 1000000 where slug = 'find-an-answer'`);
  expect((await world.call('GET', '/articles/start/find-an-answer')).body.html).not.toContain('Drawn.');
});

test('an idea is voted for once a person', async () => {
  const [chris, dora] = [await world.tokenOf('chris@acme.test'), await world.tokenOf('dora@acme.test')];
  const { number } = (await world.call('POST', '/ideas', { token: chris, body: { title: 'A week view', body: 'Please.' } })).body;
  const vote = async (method: string, token: string) => (await world.call(method, `/ideas/${number}/vote`, { token })).body;
  expect([await vote('PUT', chris), await vote('PUT', chris), await vote('PUT', dora), await vote('DELETE', chris), await vote('DELETE', chris)]).toEqual([{ votes: 1, voted: true }, { votes: 1, voted: true }, { votes: 2, voted: true }, { votes: 1, voted: false }, { votes: 1, voted: false }]);
  expect((await world.call('GET', `/ideas/${number}`, { token: dora })).body).toMatchObject({ votes: 1, voted: true });
});
