import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { articlesPage, popularArticles } from '../../worker/kb/queries.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { searched, similarTo, suggestedFor } from '../../worker/search/queries.ts';
import { stoa } from '../support/stoa.ts';

const KB = new URL('../../content/kb/', import.meta.url);

async function library() {
  const world = await stoa();
  await syncKnowledgeBase(world.url);
  const [{ items }] = await world.as('visitor').load(articlesPage({ limit: 500 }, {}));
  const audienceOf = new Map(items.map(({ locale, category, slug, audience }) => [`/kb/${category}/${slug} ${locale}`, audience]));
  const teamAmong = (hits: { url: string; locale: string }[]) => hits.filter(({ url, locale }) => audienceOf.get(`${url} ${locale}`) === 'team').map(({ url }) => url);
  return { ...world, items, teamAmong };
}

test('articles say for whom they are, by a word of their own or of their category', async () => {
  const { items } = await library();
  const of = (category: string, slug: string) => items.filter((one) => one.category === category && one.slug === slug).map(({ audience }) => audience);
  expect([of('team', 'a-day-as-an-agent'), of('operate', 'deploy'), of('operate', 'privacy'), of('tickets', 'open-a-ticket')]).toEqual([['team', 'team'], ['team', 'team'], ['everyone', 'everyone'], ['everyone', 'everyone']]);
});

test('customers are offered what is written for them, before a ticket and before a topic, and find the rest by searching; staff are offered both', async () => {
  const { as, teamAmong } = await library();
  const title = 'Tickets that belong together';
  for (const who of ['visitor', 'alice', 'carol', 'mara'] as const) {
    const [asked, written, found] = await as(who).load(suggestedFor(title, 'How do I merge and split them?', 'en'), similarTo(title, 'en'), searched(title, { locale: 'en', limit: 10 }));
    expect([who, teamAmong(asked), teamAmong(written)]).toEqual([who, [], []]);
    expect(found[0]?.url).toBe('/kb/team/tickets-that-belong-together');
  }
  for (const who of ['lena', 'agnes', 'cleo', 'ada'] as const) {
    const [asked, written] = await as(who).load(suggestedFor(title, 'How do I merge and split them?', 'en'), similarTo(title, 'en'));
    expect([asked[0]?.url, written[0]?.url]).toEqual(['/kb/team/tickets-that-belong-together', '/kb/team/tickets-that-belong-together']);
  }
});

test('what helped the team most does not stand first for customers', async () => {
  const { as, db } = await library();
  await db.$client.execute("update articles set helpful = 50 where slug = 'a-day-as-an-agent'");
  const first = async (who: 'visitor' | 'alice' | 'agnes') => (await as(who).load(popularArticles('en', 6)))[0];
  for (const who of ['visitor', 'alice'] as const) expect([who, (await first(who)).length, (await first(who)).filter(({ audience }) => audience === 'team')]).toEqual([who, 6, []]);
  expect((await first('agnes'))[0]?.slug).toBe('a-day-as-an-agent');
});

test('no article for customers goes on to one for the team', async () => {
  const { items } = await library();
  const audienceOf = new Map(items.map(({ locale, category, slug, audience }) => [`${locale}/${category}/${slug}`, audience]));
  const onward = readdirSync(KB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md') && audienceOf.get(file.replace('.md', '')) === 'everyone');
  expect(onward.length).toBeGreaterThan(20);
  const astray = onward.flatMap((file) => [...(/\nrelated:\n((?: {2}- .*\n)*)/.exec(readFileSync(new URL(file, KB), 'utf8'))?.[1] ?? '').matchAll(/- (\S+)/g)].map(([, to]) => `${file.slice(0, 2)}/${to}`).filter((to) => audienceOf.get(to) !== 'everyone').map((to) => `${file} → ${to}`));
  expect(astray).toEqual([]);
});

test('of an article in several languages one is offered: the reader’s', async () => {
  const { as } = await library();
  for (const locale of ['en', 'el'] as const) {
    const [hits] = await as('alice').load(suggestedFor('How do I write Markdown in a topic', 'A table in Markdown.', locale));
    expect(hits.filter(({ url }) => url === '/kb/community/markdown').map((hit) => hit.locale)).toEqual([locale]);
  }
});
