import { afterEach, beforeEach, expect, test } from 'vitest';
import { editPost } from '../../worker/posts/edit.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { sight } from '../../worker/forum/sight.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { type Meaning, meaningOf } from '../../worker/platform/meaning.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { withMeant } from '../../worker/search/fuse.ts';
import { giveMeaning } from '../../worker/search/jobs.ts';
import { nearTo, searched } from '../../worker/search/queries.ts';
import { questionOf } from '../../worker/search/question.ts';
import { meaningService, vectorOf } from '../support/meaning.ts';
import { cast, SECRET, settingOf, type Stoa, stoa } from '../support/stoa.ts';

let service: Awaited<ReturnType<typeof meaningService>>;
beforeEach(async () => void (service = await meaningService()));
afterEach(() => service.close());

/** A model of its own each time: what failed a moment ago is not asked again at once, and questions are remembered. */
let models = 0;
const meaningNow = (): Meaning => meaningOf({ STOA_MEANING_URL: service.url, STOA_MEANING_MODEL: `bags-${models++}`, STOA_MEANING_KEY: 'a-key', MEANING: { fetch } as never })!;

const open = (world: Stoa, title: string, body: string, category = 'help') => world.as('mara').run(openTopic, { category, title, body, tags: '', kind: 'question' });
const given = (world: Stoa, meaning: Meaning) => giveMeaning.work({ ...settingOf(world), meaning });
const kept = async ({ db }: Stoa) => (await db.$client.execute('select d.title, m.model, m.size from meanings m join search_documents d on d.id = m.document_id order by d.id')).rows.map(({ title }) => title);

async function world() {
  const here = await stoa();
  await here.db.$client.execute("insert into categories (id, slug, name, see) values ('cat_inner', 'inner', 'Inner', '[\"role:agent\",\"role:admin\"]'), ('cat_other', 'other', 'Other', null)");
  await open(here, 'The bill', 'Where do I see my bill?');
  await open(here, 'Invoice', 'A word about it.');
  await open(here, 'Calendar colours', 'They are too bright.');
  return here;
}

/** How long a search waits for its meaning on a machine that is busy with other tests. */
const PATIENT = 10_000;

/** What somebody finds by words and by meaning, and how many round trips it took. */
async function search({ db, now }: Stoa, meaning: Meaning | undefined, q: string, who: keyof typeof cast = 'visitor', patience: number | undefined = PATIENT) {
  const meter = { trips: 0, waited: 0 };
  const portal = openPortal({ db, gate: gateOf(db), meter, viewer: cast[who], sight, secret: SECRET, clock: () => now });
  const wish = { locale: 'en', limit: 10 } as const;
  const [typed, near] = await portal.load(searched(q, wish), nearTo(await questionOf(meaning, q, patience), q, wish));
  const { hits } = await withMeant(portal, { q, typed, near, meant: undefined }, (words) => searched(words, wish), 10);
  return { hits, titles: hits.map(({ title }) => title), trips: meter.trips };
}

test('what means the same is found in other words, after what has the word, in one round trip', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  expect((await search(here, meaning, 'invoices')).titles).toEqual(['Invoice']);
  expect(await given(here, meaning)).toBe(3);
  expect(await search(here, meaning, 'invoices')).toMatchObject({ titles: ['Invoice', 'The bill'], trips: 1 });
  expect((await search(here, meaning, 'λογαριασμός')).titles).toContain('The bill');
  expect((await search(here, undefined, 'invoices')).titles).toEqual(['Invoice']);
  expect([await given(here, meaning), service.state.keys]).toEqual([0, new Set(['Bearer a-key'])]);
});

test('a question is asked once, and what is to be exact or in an order never', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  await given(here, meaning);
  const before = service.state.asked.length;
  for (const q of ['invoices', ' Invoices ', 'invoices', '"invoices"', 'invoices -bill', 'invoices order:latest', 'in:title invoices', '#help', ' ']) await search(here, meaning, q);
  expect(service.state.asked.slice(before)).toEqual([['invoices'], ['Invoices']]);
});

test('operators hold for what only means the same', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  await open(here, 'Bills of others', 'One bill more.', 'other');
  await given(here, meaning);
  expect((await search(here, meaning, 'invoices #other')).titles).toEqual(['Bills of others']);
  expect((await search(here, meaning, 'invoices #help')).titles).toEqual(['Invoice', 'The bill']);
});

test('what the viewer may not read is never near, and moves nothing that they may', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  await given(here, meaning);
  const before = await search(here, meaning, 'invoices');
  for (let i = 0; i < 3; i++) await open(here, 'Invoice bill', 'Invoice bill.', 'inner');
  await given(here, meaning);
  expect((await search(here, meaning, 'invoices', 'agnes')).titles.filter((title) => title === 'Invoice bill')).toHaveLength(3);
  for (const who of ['visitor', 'bob'] as const) expect(await search(here, meaning, 'bills', who)).toMatchObject({ titles: expect.not.arrayContaining(['Invoice bill']) });
  expect((await search(here, meaning, 'invoices')).hits).toEqual(before.hits);
});

test('a vector goes at once with a text that is changed, hidden, removed or erased; a new text gets its own', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  await given(here, meaning);
  expect(await kept(here)).toEqual(['The bill', 'Invoice', 'Calendar colours']);
  const [{ id }] = (await here.db.$client.execute("select p.id from posts p join topics t on t.id = p.topic_id where t.title = 'The bill'")).rows as unknown as [{ id: string }];
  await here.as('mara').run(editPost, { post: id, title: 'A giraffe', body: 'It is tall.' });
  expect(await kept(here)).toEqual(['Invoice', 'Calendar colours']);
  expect(await given(here, meaning)).toBe(1);
  expect((await search(here, meaning, 'giraffe')).titles).toEqual(['A giraffe']);
  await here.db.$client.execute(`update posts set hidden_at = 1 where id = '${id}'`);
  expect([await kept(here), await given(here, meaning)]).toEqual([['Invoice', 'Calendar colours'], 0]);
  await here.db.$client.execute(`update posts set hidden_at = null where id = '${id}'`);
  expect([await given(here, meaning), (await kept(here)).length]).toEqual([1, 3]);
  await here.db.$client.execute("update topics set hidden_at = 1 where title = 'Invoice'");
  expect(await kept(here)).toEqual(['A giraffe', 'Calendar colours']);
  await here.as('mara').run(removePost, { post: id });
  await here.db.$client.execute("delete from search_documents where title = 'Calendar colours'");
  expect((await here.db.$client.execute('select count(*) n from meanings')).rows[0]).toMatchObject({ n: 0 });
});

test('who fails, comes late or says something else delays vectors, and leaves a search with its words', async () => {
  const here = await world();
  for (const manner of ['failing', 'strange', 'late', 'larger'] as const) {
    const meaning = meaningNow();
    await here.db.$client.execute('delete from meanings');
    service.state.manner = 'well';
    if (manner === 'larger') await given(here, meaning);
    service.state.manner = manner;
    if (manner === 'larger') await open(here, 'One more', 'A text.');
    if (manner !== 'late') await expect(given(here, meaning)).rejects.toThrow();
    const began = Date.now();
    expect([manner, (await search(here, meaning, 'invoices', 'visitor', 300)).titles]).toEqual([manner, ['Invoice']]);
    if (manner === 'late') expect(Date.now() - began).toBeLessThan(1_500);
    service.state.manner = 'well';
    expect(await given(here, meaning)).toBe(manner === 'larger' ? 1 : 3);
    expect((await kept(here)).length).toBe(manner === 'larger' ? 4 : 3);
  }
});

test('a text that the model does not take holds up no other, and is not sent again', async () => {
  const [here, meaning] = [await world(), meaningNow()];
  await open(here, 'An unreadable one', 'Far too long.');
  expect(await given(here, meaning)).toBe(4);
  expect((await here.db.$client.execute('select count(*) n from meanings where size > 0')).rows[0]).toMatchObject({ n: 3 });
  expect(await given(here, meaning)).toBe(0);
});

test('another model gives every text its vector anew, and none of both are compared', async () => {
  const [here, first, second] = [await world(), meaningNow(), meaningNow()];
  await given(here, first);
  expect((await search(here, second, 'invoices')).titles).toEqual(['Invoice']);
  expect(await given(here, second)).toBe(3);
  expect((await search(here, second, 'bills')).titles).toContain('Invoice');
  expect((await search(here, first, 'price bills')).titles).not.toContain('Invoice');
});

test('Cloudflare’s own is asked where nobody else is named, and nobody without it', async () => {
  const here = await world();
  const asked: string[] = [];
  const AI = {
    async run(model: string, { text }: { text: string[] }) {
      asked.push(model);
      return { data: text.map(vectorOf) };
    },
  };
  const meaning = meaningOf({ AI })!;
  await given(here, meaning);
  expect((await search(here, meaning, 'invoices')).titles).toEqual(['Invoice', 'The bill']);
  expect(new Set(asked)).toEqual(new Set(['@cf/baai/bge-m3']));
  expect([meaningOf({}), meaningOf({ STOA_MEANING_URL: service.url })]).toEqual([undefined, undefined]);
});
