import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let chris: string;
let dora: string;
beforeAll(async () => {
  world = await edge();
  [chris, dora] = [await world.signedIn('chris@acme.test'), await world.signedIn('dora@acme.test')];
});
afterAll(() => world?.close());

const once = () => crypto.randomUUID();

async function opened(title: string, body = 'Words of the topic.') {
  const made = await world.visit('/forum/new', { cookie: chris, form: { title, body, category: 'calendars', kind: 'question', anyway: '1', once: once() } });
  expect(made.status).toBe(303);
  return made.headers.get('location')!;
}

async function editOf(at: string, cookie: string) {
  return /\/forum\/posts\/\w+\/edit/.exec((await world.visit(at, { cookie })).html)![0];
}

const revisionIn = (html: string) => /name="revision" value="(\d+)"/.exec(html)![1]!;

test('a post is edited by a plain form; of two tabs the second keeps what it typed, sees what is there now, and may go on', async () => {
  const at = await opened('Edited in two tabs');
  const edit = await editOf(at, chris);
  const [first, second] = [await world.visit(edit, { cookie: chris }), await world.visit(edit, { cookie: chris })];
  const send = (page: { html: string }, body: string) => world.visit(edit, { cookie: chris, form: { action: 'edit', revision: revisionIn(page.html), title: 'Edited in two tabs', tags: '', body, once: once() } });
  expect((await send(first, 'Of the first tab.')).status).toBe(303);
  const refused = await send(second, 'Of the second tab.');
  expect([refused.status, refused.html.includes('What it says now'), refused.html.includes('Of the first tab.'), refused.html.includes('>Of the second tab.</textarea>')]).toEqual([409, true, true, true]);
  expect((await send(refused, 'Of the second tab.')).status).toBe(303);
  expect((await world.visit(at)).html).toContain('Of the second tab.');
});

test('an accepted answer is shown below the question, and not twice where it stands there anyway', async () => {
  const rows = await world.rows('select t.number, t.slug, max(p.number) as place from topics t join posts p on p.topic_id = t.id and p.accepted_at is not null where t.merged_into is null group by t.id having count(*) = 1 order by t.number');
  const shows = async (isNext: boolean) => {
    const { number, slug } = rows.find(({ place }) => (Number(place) === 2) === isNext)!;
    const { html } = await world.visit(`/forum/topics/${number}/${slug}`);
    return [html.includes('<section id="answer"'), /class="status good" href="#([\w-]+)"/.exec(html)?.[1]];
  };
  expect([await shows(false), await shows(true)]).toEqual([[true, 'answer'], [false, 'post-2']]);
});

test('a moderator’s change is marked, and its history tells it word by word', async () => {
  const at = await opened('Changed by a moderator', 'The old words.');
  const mara = await world.signedIn('mara@stoa.test');
  const edit = await editOf(at, mara);
  expect((await world.visit(edit, { cookie: mara, form: { action: 'edit', title: 'Changed by a moderator', body: 'The new words.', once: once() } })).status).toBe(303);
  const history = /\/forum\/posts\/\w+\/history/.exec((await world.visit(at)).html)![0];
  const { html } = await world.visit(history);
  expect(html).toMatch(/<del[^>]*><span[^>]*>removed: <\/span>old<\/del>/);
  expect(html).toMatch(/<ins[^>]*><span[^>]*>added: <\/span>new<\/ins>/);
  expect((await world.visit(`/el${history}`)).html).toContain('Ιστορικό διορθώσεων');
});

test('what is removed is on no page, feed or search, and its author brings it back with one button', async () => {
  const at = await opened('Mombasa canary', 'Mombasa words.');
  const number = /topics\/(\d+)/.exec(at)![1];
  const edit = await editOf(at, chris);
  expect((await world.visit(edit, { cookie: chris, form: { action: 'remove', once: once() } })).status).toBe(303);
  for (const page of [`/forum/topics/${number}/removed`, '/forum', '/forum/feed.xml', `/forum/topics/${number}/feed.xml`, '/search?q=mombasa', '/sitemap/topics-1.xml', `/api/v1/topics/${number}/posts`, `/api/v1/topics/${number}`]) {
    for (const cookie of ['', dora]) expect([page, (await world.visit(page, cookie ? { cookie } : {})).html.includes('Mombasa')]).toEqual([page, false]);
  }
  expect((await world.visit(edit.replace('edit', 'history'))).status).toBe(404);
  const gone = await world.visit(`/forum/topics/${number}/removed`, { cookie: chris });
  expect(gone.html).toContain('Removed by its author.');
  const id = /\/forum\/posts\/(\w+)\/edit/.exec(edit)![1]!;
  expect((await world.visit(`/forum/topics/${number}/removed`, { cookie: chris, form: { action: 'undo', post: id, once: once() } })).status).toBe(303);
  expect((await world.visit(at)).html).toContain('Mombasa words.');
});

test('a vote is a button; a second press takes it back; own posts have none', async () => {
  const at = await opened('Voted on');
  const page = await world.visit(at, { cookie: dora });
  const post = /value="vote"[^>]*>\s*<input[^>]*name="post"[^>]*value="(\w+)"/.exec(page.html)![1]!;
  expect((await world.visit(at, { cookie: dora, form: { action: 'vote', post, value: 'up' } })).headers.get('location')).toMatch(/#post-1$/);
  const voted = (await world.visit(at, { cookie: dora })).html;
  expect(voted).toMatch(/value="none" aria-pressed="true" aria-label="This helps: 1"/);
  const own = await world.visit(at, { cookie: chris });
  expect([own.html.includes('value="vote"'), own.html.includes('1 vote for it')]).toEqual([false, true]);
  expect((await world.visit(at, { cookie: chris, form: { action: 'vote', post, value: 'up' } })).status).toBe(403);
});

test('before a topic is published, what is like it is shown once, in one round trip, with everything typed kept', async () => {
  const form = { title: 'SMS reminders arriving one hour late', body: 'Mine too.', category: 'reminders', kind: 'question', tags: 'sms', once: once() };
  const asked = await world.visit('/forum/new', { cookie: chris, form });
  expect([asked.status, asked.roundTrips]).toEqual([200, 1]);
  for (const part of ['Is one of these it?', 'SMS reminders arrive an hour late', 'Publish anyway', 'value="SMS reminders arriving one hour late"', '>Mine too.</textarea>', 'name="anyway"']) expect(asked.html).toContain(part);
  expect((await world.visit('/forum/new', { cookie: chris, form: { ...form, anyway: '1' } })).status).toBe(303);
  expect((await world.visit('/forum/new', { cookie: chris, form: { ...form, title: 'Xylophones of Zagreb', once: once() } })).status).toBe(303);
});

test('an idea that asks for the same is voted for by a button of the form, which keeps what was typed; a second takes the vote back', async () => {
  const form = { title: 'Availability of many people in one call', body: 'One request, please.', category: 'api', kind: 'question' };
  const asked = (await world.visit('/forum/new', { cookie: chris, form: { ...form, once: once() } })).html;
  expect(asked).toContain('Others wish for this, too');
  const idea = /name="vote" value="(\d+)"/.exec(asked)![1]!;
  const votes = async () => (await world.rows('select count(*) as n from votes where on_id = (select id from ideas where number = ?)', [idea]))[0]!['n'];
  const before = Number(await votes());
  const voted = await world.visit('/forum/new', { cookie: chris, form: { ...form, anyway: '1', vote: idea, once: once() } });
  for (const part of ['Your vote is counted.', 'Take your vote back', `value="${form.title}"`, `>${form.body}</textarea>`, 'name="anyway"']) expect(voted.html).toContain(part);
  expect([voted.status, Number(await votes())]).toEqual([200, before + 1]);
  const back = await world.visit('/forum/new', { cookie: chris, form: { ...form, anyway: '1', unvote: idea, once: once() } });
  expect([back.html.includes('Your vote is taken back.'), Number(await votes())]).toEqual([true, before]);
});

test('what is refused beside a field is not asked again whether it is there already; a group of tags says itself what it wants', async () => {
  await world.rows(`insert into tag_groups (id, name, tags, is_one_of, required_in) select 'tgr_kind', 'Calendar kind', '["outlook","apple"]', 1, json_array(id) from categories where slug = 'calendars'`);
  const form = { title: 'SMS reminders arriving one hour later', body: 'Mine too.', category: 'calendars', kind: 'question', tags: '', anyway: '1' };
  const refused = await world.visit('/forum/new', { cookie: chris, form: { ...form, once: once() } });
  expect([refused.status, /id="tags-tgr_kind-issue">This category asks for a tag/.test(refused.html), refused.html.includes('id="tags-issue"'), refused.html.includes('name="anyway"')]).toEqual([422, true, false, true]);
  await world.rows("delete from tag_groups where id = 'tgr_kind'");
});

test('posts that were split off are found at once by the address they had, and so is the feed of a topic that was merged', async () => {
  const at = await opened('Two matters in one');
  const number = /topics\/(\d+)/.exec(at)![1]!;
  expect((await world.visit(at, { cookie: dora, form: { action: 'reply', body: 'Another matter.', once: once() } })).status).toBe(303);
  const mara = await world.signedIn('mara@stoa.test');
  const [reply] = await world.rows('select p.id from posts p join topics t on t.id = p.topic_id where t.number = ? and p.number = 2', [number]);
  const split = await world.visit(`/moderation/topics/${number}`, { cookie: mara, form: { action: 'split', title: 'The other matter', 'posts[]': String(reply!['id']), once: once() } });
  const other = /topics\/(\d+)/.exec(split.headers.get('location')!)![1]!;
  const led = async (path: string) => {
    const { status, headers } = await world.visit(path);
    return [status, headers.get('location')];
  };
  expect(await led(`${at}?post=2`)).toEqual([301, `/forum/topics/${other}/the-other-matter?post=1`]);
  expect((await world.visit(`/moderation/topics/${other}`, { cookie: mara, form: { action: 'merge', into: number, once: once() } })).status).toBe(303);
  expect(await led(`/el/forum/topics/${other}`)).toEqual([301, `/el${at}?post=3`]);
  expect(await led(`${at}?post=2`)).toEqual([301, `${at}?post=3`]);
  expect(await led(`/forum/topics/${other}/feed.xml`)).toEqual([301, `/forum/topics/${number}/feed.xml`]);
});

test('a draft is kept by its button and there again when the form opens; an overtaken tab sees both', async () => {
  const at = await opened('Drafted on');
  const save = (body: string, draft: string) => world.visit(at, { cookie: dora, form: { action: 'draft', body, draft } });
  expect((await save('Half a sen', '0')).status).toBe(303);
  expect((await world.visit(at, { cookie: dora })).html).toContain('>Half a sen</textarea>');
  const overtaken = await save('Of another tab', '0');
  expect([overtaken.status, overtaken.html.includes('>Of another tab</textarea>'), overtaken.html.includes('Half a sen')]).toEqual([409, true, true]);
  expect((await world.visit(at, { cookie: dora, form: { action: 'reply', body: 'A whole sentence.', once: once() } })).status).toBe(303);
  expect((await world.visit(at, { cookie: dora })).html).not.toContain('Half a sen');
  expect((await world.visit('/forum/new', { cookie: dora, form: { action: 'draft', title: 'Ha', body: '', draft: '0' } })).status).toBe(303);
  expect((await world.visit('/forum/new', { cookie: dora })).html).toContain('value="Ha"');
});

test('a quote fills the form, links its source, and the source tells of it', async () => {
  const at = await opened('Quoted from', 'Words to quote.');
  const quoted = await world.visit(`${at}?quote=1`, { cookie: dora });
  const body = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(quoted.html)![1]!.replaceAll('&gt;', '>').replaceAll('&#62;', '>');
  expect(body).toMatch(/^> \[[\w-]+\]\(\/forum\/topics\/\d+\/quoted-from\?post=1\):/);
  expect((await world.visit(at, { cookie: dora, form: { action: 'reply', body: `${body}So it is.`, once: once() } })).status).toBe(303);
  expect((await world.visit(at)).html).toMatch(/Quoted in <a href="[^"]*#post-2">no\. 1<\/a>/);
});

test('feeds and structured data hold hostile words without letting them out', async () => {
  const hostile = '</script><script>alert(1)</script> & ]]> <b>';
  const at = await opened(hostile, `${hostile}\n\n<!-- ${hostile} -->`);
  const { html } = await world.visit(at);
  const [, json] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)!;
  expect(JSON.parse(json!)).toMatchObject({ '@type': 'QAPage', mainEntity: { '@type': 'Question', name: hostile, answerCount: 0 } });
  expect(html.replace(/"[^"]*"/g, '""').match(/<script/g)).toHaveLength(2);
  for (const page of ['/forum/feed.xml', `${at.split('/').slice(0, 4).join('/')}/feed.xml`, '/forum/calendars/feed.xml']) {
    const feed = await world.visit(page);
    expect([page, feed.status, feed.headers.get('content-type')]).toEqual([page, 200, 'application/atom+xml; charset=utf-8']);
    expect(feed.html).not.toContain('<script');
    expect(feed.html).toContain('&lt;/script&gt;');
  }
  expect((await world.visit('/forum/nowhere/feed.xml')).status).toBe(404);
  expect((await world.visit('/sitemap.xml')).html).toContain('/sitemap/topics-1.xml');
  expect((await world.visit('/sitemap/topics-1.xml')).html).toContain(at);
  expect((await world.visit('/sitemap/articles.xml')).html).toContain('/el/kb/');
});

test('beside an author stands who they are for staff, and for everyone else nothing at all', async () => {
  const beside = async (cookie?: string) => [...(await world.visit('/forum/topics/2/sms-reminders-arrive-an-hour-late', cookie ? { cookie } : {})).html.matchAll(/<\/(?:a|span)>\s*([^<>]*?)\s*<a class="place"/g)].map(([, words]) => words);
  expect([...new Set([...(await beside()), ...(await beside(chris))])]).toEqual(['']);
  const { html } = await world.visit('/forum/topics/2/sms-reminders-arrive-an-hour-late', { cookie: await world.signedIn('agnes@stoa.test') });
  expect(html).toContain('Pine Street Yoga');
});
