import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importFile } from '../../worker/data/import.ts';
import { convert } from '../support/convert.ts';
import { stoa } from '../support/stoa.ts';

const here = mkdtempSync(join(tmpdir(), 'stoa-convert-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));

const threads = [{ id: 1, title: 'It stops', author: 'ana', state: 'CLOSED', labels: ['bug'], created: '2024-01-01T00:00:00Z', closed: '2024-01-03T00:00:00Z', body: 'Help `me`', comments: [{ author: 'ben', role: 'MEMBER', created: '2024-01-02T00:00:00Z', body: 'Fixed' }, { author: null, role: 'NONE', created: '2024-01-02T01:00:00Z', body: '' }] }];
const article = { id: 'keys', title: 'Πλήκτρα', summary: 'Τα πλήκτρα της γραφής.', paragraphs: ['Ρυθμίσεις', 'Ανοίξτε τις ρυθμίσεις.'] };
const report = { id: '7', title: 'A report', text: 'What happened', created: '2020-01-02 17:14:21+00:00', answers: ['An answer'] };
const discourse = { id: 9, title: 'Welcome here', category_id: 2, created_at: '2013-02-04T15:26:26.278-05:00', post_stream: { posts: [{ id: 1, username: 'sam', name: 'Sam', created_at: '2013-02-04T15:26:26.278-05:00', cooked: '<p>Hi <strong>all</strong></p>', post_number: 1 }, { id: 2, username: 'eva', name: '', created_at: '2013-02-05T15:26:26.278-05:00', cooked: '<ul><li>One</li></ul>', post_number: 2 }] } };

/** A small sample of each format, in our own words. */
const samples: Record<string, Record<string, string>> = {
  'stack-exchange': {
    'Users.xml': '<users>\n  <row Id="1" CreationDate="2014-01-21T17:45:53.000" DisplayName="Ana &amp; Co" />\n</users>',
    'Posts.xml': `<posts>
  <row Id="1" PostTypeId="1" AcceptedAnswerId="2" CreationDate="2014-01-21T20:58:43.500" Body="&lt;p&gt;Why &lt;b&gt;so&lt;/b&gt;?&lt;/p&gt;&#xA;&lt;pre&gt;&lt;code&gt;a &amp;lt; b&#xA;&lt;/code&gt;&lt;/pre&gt;" OwnerUserId="1" Title="A question" Tags="&lt;one&gt;&lt;two&gt;" />
  <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2014-01-22T20:58:43.500" Body="&lt;p&gt;So.&lt;/p&gt;" />
  <row Id="3" PostTypeId="5" CreationDate="2014-01-22T20:58:43.500" Body="" />
</posts>`,
    'Comments.xml': '<comments>\n  <row Id="5" PostId="2" Text="Thank you" CreationDate="2014-01-23T21:53:17.400" UserId="1" />\n</comments>',
    'Votes.xml': '<votes>\n  <row Id="1" PostId="1" VoteTypeId="2" CreationDate="2014-01-21T00:00:00.000" />\n  <row Id="2" PostId="2" VoteTypeId="5" UserId="1" CreationDate="2014-01-21T00:00:00.000" />\n</votes>',
  },
  'github-issues': { 'threads.jsonl': threads.map((thread) => JSON.stringify(thread)).join('\n') },
  articles: { 'articles.jsonl': JSON.stringify(article) },
  paragraphs: { 'paragraphs.tsv': 'english\tgreek\nHello\tΓεια σας\n' },
  reports: { 'corpus.jsonl': JSON.stringify(report) },
  'help-desk': { 'train.tsv': 'id\ttext\tlabel\n0\tprinter is out of paper\tHardware\n' },
  discourse: { 'topic.json': JSON.stringify(discourse), 'categories.json': JSON.stringify({ category_list: { categories: [{ id: 2, name: 'Talk', slug: 'talk' }] } }) },
};

test('a sample of each format comes in whole', async () => {
  const { url, db } = await stoa();
  const counts: Record<string, Record<string, number>> = {};
  for (const [format, files] of Object.entries(samples)) {
    const folder = join(here, `sample-${format}`);
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const file = join(here, `${format}.jsonl`);
    counts[format] = await convert(format, folder, file);
    const { imported, problems } = await importFile(file, { url, problem: (line, reason) => expect.soft(`${format} ${line}: ${reason}`).toBe('') });
    expect([imported, problems]).toEqual([counts[format], 0]);
  }
  expect(counts['stack-exchange']).toEqual({ category: 1, user: 2, topic: 1, post: 2, vote: 1 });
  expect(counts['github-issues']).toEqual({ user: 3, ticket: 1, message: 3 });
  const { rows } = await db.$client.execute("select body from posts where topic_id = (select id from topics where title = 'A question') order by number");
  expect(rows.map(({ body }) => body)).toEqual(['Why **so**?\n\n```\na < b\n```', 'So.', 'Thank you']);
  const asked = await db.$client.execute("select tags, (select import_id from posts where id = accepted_post_id) as accepted from topics where title = 'A question'");
  expect([asked.rows[0]!['tags'], asked.rows[0]!['accepted']]).toEqual(['["one","two"]', 'sample-stack-exchange-2']);
  const greek = await db.$client.execute("select locale, title, body from articles where slug = 'keys'");
  expect(Array.from(greek.rows[0]!)).toEqual(['el', 'Πλήκτρα', 'Τα πλήκτρα της γραφής.\n\n## Ρυθμίσεις\n\nΑνοίξτε τις ρυθμίσεις.']);
  expect((await db.$client.execute("select count(*) from users where email like '%.invalid'")).rows[0]![0]).toBe(9);
});

/** What the README of each real set counts, as our lines. */
const real: [format: string, folder: string, counts: Record<string, number>][] = [
  ['stack-exchange', 'import/se-dump-meta-beer', { category: 1, user: 523, topic: 94, post: 141 + 367, vote: 9 }],
  ['stack-exchange', 'import/se-dump-meta-french', { category: 1, user: 1704, topic: 274, post: 487 + 1305, vote: 125 }],
  ['github-issues', 'import/ghissues-tls-esni', { user: 94, ticket: 250 + 392, message: 250 + 392 + 1993 }],
  ['paragraphs', 'import/mate-guide-el', { article: 88 }],
  ['discourse', 'import/api-fixtures-discourse', { category: 4, user: 3, topic: 1, post: 3 }],
  ['articles', 'search/gnome-kb-en', { article: 249 }],
  ['articles', 'search/gnome-kb-el', { article: 249 }],
  ['reports', 'search/gitbugs-seamonkey', { category: 1, user: 1, topic: 1076 }],
];

const sets = resolve(process.env['STOA_DATA_SETS'] ?? '../shared/data');

test(existsSync(sets) ? 'real sets come in whole' : `real sets are absent: there is no folder ${sets} (STOA_DATA_SETS)`, { timeout: 300_000 }, async () => {
  if (!existsSync(sets)) return;
  const { url } = await stoa();
  for (const [format, folder, counts] of real) {
    const file = join(here, 'real.jsonl');
    expect(await convert(format, join(sets, folder), file)).toEqual(counts);
    const told: string[] = [];
    const { imported } = await importFile(file, { url, problem: (line, reason) => told.push(`${folder} ${line}: ${reason}`) });
    expect([told, imported]).toEqual([[], counts]);
    expect((await importFile(file, { url, problem: () => {} })).imported).toEqual({});
  }
});
