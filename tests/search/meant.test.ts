import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { sight } from '../../worker/forum/sight.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { withMeant } from '../../worker/search/fuse.ts';
import { isOrdered } from '../../worker/search/operators.ts';
import { searched, similarTo } from '../../worker/search/queries.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { cast, SECRET, settingOf, type Stoa, stoa } from '../support/stoa.ts';

const open = (world: Stoa, title: string, body: string, category = 'help') => world.as('mara').run(openTopic, { category, title, body, tags: '', kind: 'question' });

async function world() {
  const here = await stoa();
  await here.db.$client.execute("insert into categories (id, slug, name, see) values ('cat_inner', 'inner', 'Inner', '[\"role:agent\",\"role:admin\"]')");
  await open(here, 'When we refund', 'Within fourteen days you get your money back.');
  await open(here, 'A refund that is late', 'The bank takes five days for a refund.');
  await open(here, 'Money', 'All about money.');
  await open(here, 'Πότε επιστρέφουμε χρήματα', 'Η επιστροφή γίνεται σε πέντε ημέρες.');
  await open(here, 'Secret plans', 'Refund the wolverine.', 'inner');
  await gatherWords.work(settingOf(here));
  return here;
}

/** What somebody finds, how it was meant, and how many round trips it took. */
async function search({ db, now }: Stoa, q: string, who: keyof typeof cast = 'visitor') {
  const meter = { trips: 0, waited: 0 };
  const portal = openPortal({ db, gate: gateOf(db), meter, viewer: cast[who], sight, secret: SECRET, clock: () => now });
  const ask = (words: string) => searched(words, { locale: 'en', limit: 10 });
  const [typed, meant] = await portal.load(ask(q), spelled(q));
  const found = await withMeant(portal, { q, typed, meant, isOrdered: isOrdered(q) }, ask, 10);
  return { titles: found.hits.map(({ title }) => title), meant: found.meant, perhaps: found.perhaps, by: found.by, trips: meter.trips };
}

test('a word that stands nowhere finds what was meant, in a second round trip; one that stands somewhere takes one', async () => {
  const here = await world();
  expect(await search(here, 'refnud')).toEqual({ titles: ['When we refund', 'A refund that is late'], meant: 'refund', perhaps: undefined, by: 'meant', trips: 2 });
  expect(await search(here, 'rafumd')).toEqual({ titles: [], meant: undefined, perhaps: 'refund', by: 'typed', trips: 1 });
  expect(await search(here, 'what about a refnud')).toMatchObject({ meant: 'what about a refund', by: 'meant', trips: 2 });
  expect(await search(here, 'επηστροφι')).toMatchObject({ titles: ['Πότε επιστρέφουμε χρήματα'], by: 'meant', trips: 2 });
  for (const q of ['refund', 'money back', 'refunds', 'xylophone', 'επιστροφη']) expect(await search(here, q)).toMatchObject({ meant: undefined, by: 'typed', trips: 1 });
});

test('where something was found, nobody is asked whether they meant something else', async () => {
  const here = await world();
  expect(await search(here, 'rafumd')).toMatchObject({ titles: [], perhaps: 'refund' });
  expect(await search(here, 'money rafumd')).toMatchObject({ titles: ['Money', 'When we refund'], perhaps: undefined, trips: 1 });
});

test('what the other words find stays, before what was meant alone, and nothing comes twice', async () => {
  const here = await world();
  const { titles, ...found } = await search(here, 'money refnud');
  expect(found).toEqual({ meant: 'money refund', perhaps: undefined, by: 'both', trips: 2 });
  expect([...titles].sort()).toEqual(['A refund that is late', 'Money', 'When we refund']);
  expect(titles.at(-1)).toBe('A refund that is late');
});

test('an order that was asked for holds over both', async () => {
  const here = await world();
  await here.db.$client.execute('update topics set created_at = created_at + number * 1000');
  expect((await search(here, 'money refnud order:latest')).titles).toEqual(['Money', 'A refund that is late', 'When we refund']);
});

test('nothing is found by a correction that the viewer may not read', async () => {
  const here = await world();
  for (const who of ['visitor', 'bob'] as const) expect(await search(here, 'wolverin', who)).toMatchObject({ titles: [], meant: undefined });
  expect((await search(here, 'refnud', 'bob')).titles).not.toContain('Secret plans');
  expect((await search(here, 'refnud', 'agnes')).titles).toContain('Secret plans');
});

test('a title with a slip is like those that are without', async () => {
  const here = await world();
  const title = 'My refnud is late';
  const ask = (words: string) => similarTo(words, 'en');
  const [typed, meant] = await here.as('bob').load(ask(title), spelled(title));
  const { hits } = await withMeant(here.as('bob'), { q: title, typed, meant }, ask, 5);
  expect(hits.map((hit) => hit.title)).toContain('A refund that is late');
});
