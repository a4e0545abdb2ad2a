import { createClient } from '@libsql/client/web';
import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { searched, type SearchType } from '../../worker/search/queries.ts';
import { refillSearch } from '../../worker/search/refill.ts';
import { indexed } from '../../worker/search/schema.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

async function article(world: Stoa, title: string, text: string, locale: 'en' | 'el' = 'en') {
  const slug = `a${title.length}${text.length}`;
  const client = createClient({ url: world.url });
  await client.batch(indexed(world.db, { type: 'article', refId: slug, locale, title, url: `/kb/start/${slug}`, tags: [], text, updatedAt: world.now }).map((writing) => {
    const { sql, params } = writing.toSQL();
    return { sql, args: params as string[] };
  }), 'write');
  client.close();
}

const topic = (world: Stoa, title: string, body: string) => world.as('mara').run(openTopic, { category: 'help', title, body, tags: '', kind: 'question' });

async function found(world: Stoa, q: string, type?: SearchType) {
  const [hits] = await world.as('visitor').load(searched(q, { type, locale: 'en', limit: 10 }));
  return hits;
}
const titles = async (world: Stoa, q: string, type?: SearchType) => (await found(world, q, type)).map(({ title }) => title);

test('Greek is found whatever its accents, case, final sigma and form', async () => {
  const world = await stoa();
  await article(world, 'Πληρωμές με κάρτα', 'Ο λογαριασμός χρεώνεται όταν επιβεβαιωθεί η πληρωμή.', 'el');
  await article(world, 'Ρολόι', 'Η ώρα αλλάζει την Κυριακή.', 'el');
  for (const q of ['πληρωμή', 'ΠΛΗΡΩΜΗ', 'πληρωμης', 'πληρωμών', 'λογαριασμος', 'ΛΟΓΑΡΙΑΣΜΟΣ', 'λογαριασμού', 'λογαριασμοί', 'πληρωμή'.normalize('NFD')]) expect([q, await titles(world, q)]).toEqual([q, ['Πληρωμές με κάρτα']]);
});

test('English is found in its other forms, and the last word while it is being typed', async () => {
  const world = await stoa();
  await topic(world, 'Cancelled bookings', 'The categories are running late.');
  await topic(world, 'Invoices', 'Nothing else.');
  for (const q of ['booking', 'book', 'bookin', 'cancel', 'canc', 'category', 'run', 'bookings cancelling']) expect([q, await titles(world, q)]).toEqual([q, ['Cancelled bookings']]);
});

test('quotes keep words together, and a dash leaves out', async () => {
  const world = await stoa();
  await topic(world, 'One', 'A late fee was charged.');
  await topic(world, 'Two', 'The fee came late.');
  expect(await titles(world, '"late fee"')).toEqual(['One']);
  expect(await titles(world, 'fee -charged')).toEqual(['Two']);
  expect(await titles(world, 'two -"came late"')).toEqual([]);
  expect((await titles(world, 'late fee'))[0]).toBe('One');
});

test('a word in a title says more than the same word as a tag, however common it is', async () => {
  const world = await stoa();
  await world.as('mara').run(openTopic, { category: 'help', title: 'Import and export', body: 'How the import goes.', tags: '', kind: 'question' });
  await world.as('mara').run(openTopic, { category: 'help', title: 'Bringing customers', body: 'How the import goes.', tags: 'import', kind: 'question' });
  const order = async () => (await titles(world, 'import'));
  expect(await order()).toEqual(['Import and export', 'Bringing customers']);
  await world.db.$client.executeMultiple("with n (i) as (select 1 union all select i + 1 from n where i < 600) insert into search_titles (rowid, title, tags) select 100000 + i, 'other', 'import' from n");
  expect(await order()).toEqual(['Import and export', 'Bringing customers']);
});

test('what was found is marked wherever it stands: in the title, in a tag, and far down in a text', async () => {
  const world = await stoa();
  const open = (title: string, body: string, tags = '') => world.as('mara').run(openTopic, { category: 'help', title, body, tags, kind: 'question' });
  await open('The <b>importer</b> & I', 'Nothing.');
  await open('Bringing customers', 'From a sheet.', 'sheets, import, bulk-import');
  await open('Moderation', `${'Other words. '.repeat(900)}Then comes the import of it.`);
  const hits = Object.fromEntries((await found(world, 'import')).map((hit) => [hit.title, hit]));
  expect(hits['The <b>importer</b> & I']).toMatchObject({ heading: 'The &lt;b&gt;<mark>importer</mark>&lt;/b&gt; &amp; I', tags: [] });
  expect(hits['Bringing customers']).toMatchObject({ heading: 'Bringing customers', passage: 'From a sheet.', tags: [{ tag: 'import', html: '<mark>import</mark>' }, { tag: 'bulk-import', html: 'bulk-<mark>import</mark>' }] });
  expect(hits['Moderation']!.passage).toContain('Then comes the <mark>import</mark> of it.');
});

test('a title says more than a text, and every word more than some', async () => {
  const world = await stoa();
  await topic(world, 'Holidays', 'How we handle a refund, and then a refund again, in short.');
  await topic(world, 'Refund', 'Ask us.');
  await topic(world, 'Printer', 'Ink for the printer.');
  expect(await titles(world, 'refund')).toEqual(['Refund', 'Holidays']);
  expect((await titles(world, 'refund holidays'))[0]).toBe('Holidays');
  expect(await titles(world, 'printer unicorns')).toEqual(['Printer']);
});

test('a topic is one hit, and leads to the reply that fits best', async () => {
  const world = await stoa();
  await topic(world, 'Slow page', 'It takes long.');
  for (const body of ['Clear the cache.', 'The flux capacitor of the cache is worn.', 'Cache it.']) await world.as('bob').run(replyToTopic, { number: 1, body });
  const hits = await found(world, 'capacitor cache');
  expect(hits.map(({ type, url }) => [type, url])).toEqual([['topic', '/forum/topics/1/slow-page?page=1#post-3']]);
  expect((await found(world, 'slow page'))[0]!.url).toBe('/forum/topics/1/slow-page');
});

test('of an article in two languages that both fit, the reader’s is shown, and the other where it alone fits', async () => {
  const world = await stoa();
  const client = createClient({ url: world.url });
  const both = [['en', 'Tokens', 'A token opens the harbour. Tokens of tickets.'], ['el', 'Κλειδιά', 'token token token token. Ένα κλειδί ανοίγει το λιμάνι.']] as const;
  for (const [locale, title, text] of both) {
    await client.batch(indexed(world.db, { type: 'article', refId: `art_${locale}`, locale, title, url: '/kb/start/tokens', tags: [], text, updatedAt: world.now }).map((writing) => {
      const { sql, params } = writing.toSQL();
      return { sql, args: params as string[] };
    }), 'write');
  }
  client.close();
  for (const [locale, title] of [['en', 'Tokens'], ['el', 'Κλειδιά']] as const) {
    for (const q of ['token', 'token order:latest']) {
      const [hits] = await world.as('visitor').load(searched(q, { locale, limit: 10 }));
      expect([q, ...hits.map((hit) => [hit.title, hit.locale])]).toEqual([q, [title, locale]]);
    }
  }
  expect(await titles(world, 'λιμάνι')).toEqual(['Κλειδιά']);
});

test('one kind alone can be asked for, however many there are of the other', async () => {
  const world = await stoa();
  for (let i = 0; i < 15; i++) await topic(world, `Calendar ${i}`, 'calendar calendar calendar');
  await article(world, 'Holidays', 'Somewhere a calendar.');
  expect(await titles(world, 'calendar', 'article')).toEqual(['Holidays']);
  expect(await titles(world, 'calendar', 'topic')).toHaveLength(10);
  expect(await titles(world, 'calendar', 'topic')).not.toContain('Holidays');
});

test('a long text is found and quoted by its late words, and no text is HTML', async () => {
  const world = await stoa();
  await topic(world, '<b>Bold</b>', `${'Plain words here. '.repeat(300)} <img src=x onerror=alert(1)> zebra & "quoted"`);
  const [hit] = await found(world, 'zebra');
  expect(hit!.title).toBe('<b>Bold</b>');
  expect(hit!.passage).toContain('<mark>zebra</mark>');
  expect(hit!.passage.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
});

test('any text may be asked', async () => {
  const world = await stoa();
  await topic(world, 'Anything', 'Anything at all.');
  const parts = ['"', '*', '-', '(', ')', ':', '^', '+', 'NEAR', 'AND', 'OR NOT', '§', '§article', '\u0000', '\ud800', '😀', "'; --", 'ά', '漢字', '{a b}', 'x'.repeat(900), '"a" -"b"', 'anything', '%_\\'];
  for (let i = 0; i < 60; i++) {
    const q = Array.from({ length: 1 + (i % 5) }, (_, j) => parts[(i * 7 + j * 11) % parts.length]).join(i % 2 ? ' ' : '');
    expect(Array.isArray(await found(world, q))).toBe(true);
  }
});

test('an index that was lost is filled again', async () => {
  const world = await stoa();
  await topic(world, 'Refund', 'Ask us.');
  const client = createClient({ url: world.url });
  await client.batch(['delete from search_index', 'delete from search_titles'], 'write');
  expect(await titles(world, 'refund')).toEqual([]);
  await refillSearch(client);
  client.close();
  expect(await titles(world, 'refund')).toEqual(['Refund']);
});
