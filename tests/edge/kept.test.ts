import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST } from '../../worker/local/build.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { drawn, edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
/** Cookies, by name: of customers, of staff, and of people with roles of their own. */
const cookies: Record<string, string | undefined> = { visitor: undefined };
beforeAll(async () => {
  world = await edge();
  await world.rows(`insert into roles (id, name, base, permissions, scopes, created_at) values
    ('rol_reader', 'Reader', 'customer', '["tickets.see"]', '{}', 0), ('rol_helper', 'Helper', 'light_agent', '["tickets.see","tickets.note","tickets.change"]', '{}', 0),
    ('rol_keeper', 'Keeper', 'moderator', '["forum.moderate"]', json_object('categories', json_array((select id from categories where slug = 'calendars'))), 0)`);
  for (const [name, role, base] of [['tomas', 'reader', 'customer'], ['arno', 'helper', 'light_agent'], ['ingrid', 'keeper', 'moderator']]) await world.rows('update users set role_id = ?, role = ? where email like ?', [`rol_${role}`, base!, `${name}@%`]);
  await world.rows("update users set time_zone = 'America/New_York' where email like 'ben@%'");
  for (const email of ['chris@acme.test', 'dora@acme.test', 'nikos@olive.test', 'hugh@lumen.test', 'ben@harbour.test', 'mara@stoa.test', 'ingrid@nordic.test', 'agnes@stoa.test', 'arno@stoa.test', 'tomas@nordic.test', 'cleo@stoa.test', 'ada@stoa.test']) cookies[email.split('@')[0]!] = await world.signedIn(email);
});
afterAll(() => world?.close());

const look = (path: string, who: string) => world.visit(path, cookies[who] ? { cookie: cookies[who] } : {});
async function send(path: string, who: string, form: Record<string, string>): Promise<string> {
  const answer = await world.visit(path, { cookie: cookies[who]!, form: { once: drawn(), anyway: '1', ...form } });
  expect([path, who, answer.status]).toEqual([path, who, 303]);
  return answer.headers.get('location')!;
}
const numberIn = (address: string) => Number(/\/(?:tickets|topics)\/(\d+)/.exec(address)![1]);
const asks = async (subject: string, who = 'chris') => numberIn(await send('/tickets/new', who, { subject, body: `Words of ${subject}` }));
const opens = async (title: string, who = 'chris', category = 'calendars') => (await send('/forum/new', who, { title, body: `Words of ${title}`, category, kind: 'question' })).split(/[?#]/)[0]!;

test('beside a ticket nobody reads of topics that are closed to them, whoever looked before', async () => {
  await send('/admin/categories/new', 'ada', { name: 'Closed', slug: 'closed', see: 'role:agent, role:customer' });
  await opens('Open to all');
  await opens('canary-of-closed', 'chris', 'closed');
  const at = `/agent/tickets/${await asks('Beside topics')}`;
  for (const [who, isThere] of [['agnes', true], ['arno', false], ['agnes', true], ['arno', false]] as const) {
    const { html } = await look(at, who);
    expect([who, html.includes('Open to all'), html.includes('canary-of-closed')]).toEqual([who, true, isThere]);
  }
});

test('the history of a ticket names groups for everybody who reads it, whatever their role stands on', async () => {
  const number = await asks('For a group');
  await world.rows("insert into groups (id, name, created_at) values ('grp_kept', 'Canaries', 0)");
  await send(`/agent/tickets/${number}`, 'agnes', { action: 'change', group: 'grp_kept' });
  for (const who of ['tomas', 'agnes', 'tomas', 'agnes']) {
    const { status, html } = await look(`/agent/tickets/${number}`, who);
    expect([who, status, html.includes('→ Canaries'), html.includes('→ grp_kept')]).toEqual([who, 200, true, false]);
  }
});

test('who asked a ticket that was merged in private reads at once what they write there, and what becomes of its files', async () => {
  const [first, second] = [await asks('The one that stays'), await asks('The one that is part', 'nikos')];
  await send(`/agent/tickets/${first}/merge`, 'ada', { action: 'here', more: String(second), accounts: 'yes' });
  const at = `/tickets/${second}`;
  for (const word of ['first-canary', 'second-canary']) {
    for (let i = 0; i < 2; i++) expect((await look(at, 'nikos')).html).not.toContain(word);
    await send(at, 'nikos', { action: 'reply', body: `A ${word}.` });
    expect((await look(at, 'nikos')).html).toContain(word);
  }
  await look(at, 'nikos');
  await world.rows("insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at, verdict) select 'att_kept', author_id, 'late.txt', 'text/plain', 1, '', id, 0, 0, 'clean' from ticket_messages where body like '%second-canary%'");
  expect((await look(at, 'nikos')).html).toContain('<a href="/files/att_kept');
  await world.rows("update attachments set verdict = 'infected' where id = 'att_kept'");
  expect((await look(at, 'nikos')).html).not.toContain('<a href="/files/att_kept/late.txt');
});

/** A page without what is drawn anew each time. */
const bare = (html: string) => html.replace(/name="once" value="[^"]*"/g, '').replace(/(<time [^>]*>)[^<]*/g, '$1').replace(/nonce="[^"]*"/g, '');

test('whatever is changed: a worker that looked before answers everybody as one that never looked', { timeout: 60_000 }, async () => {
  const topic = await opens('Looked at often');
  const [number, ticket] = [numberIn(topic), await asks('Looked at often')];
  const [desk, moderation] = [`/agent/tickets/${ticket}`, `/moderation/topics/${number}`];
  const postBy = async (words: string) => String((await world.rows('select id from posts where body like ? order by id desc limit 1', [`%${words}%`]))[0]!['id']);
  /** What is changed past the worker is asked for past its cache of the pages of everybody. */
  const pages = [
    ...['visitor', 'hugh', 'ben', 'chris', 'dora', 'nikos', 'mara', 'ingrid', 'agnes', 'tomas', 'cleo'].map((who) => [`${topic}?anew`, who] as const),
    ...['visitor', 'hugh'].map((who) => [`/el${topic}?anew`, who] as const), [`${topic}?page=2`, 'dora'] as const, [`${topic}?quote=1`, 'nikos'] as const,
    ...['agnes', 'arno', 'tomas', 'cleo', 'ada'].map((who) => [desk, who] as const), [`${desk}?view=mine`, 'agnes'] as const, [`/tickets/${ticket}`, 'chris'] as const, [`/tickets/${ticket}`, 'dora'] as const,
    ...['print', 'history', 'merge', 'split', 'links'].map((page) => [`${desk}/${page}`, 'agnes'] as const),
  ];
  const changes = [
    async () => {
      for (let i = 1; i < 22; i++) await send(topic, i > 4 ? ['mara', 'cleo', 'agnes'][i % 3]! : i % 2 ? 'nikos' : 'dora', { action: 'reply', body: `Reply ${i}. ${crypto.randomUUID()}` });
      await send(topic, 'dora', { action: 'vote', post: await postBy('Reply 1.'), value: 'up' });
      for (const visibility of ['public', 'internal']) await send(desk, 'agnes', { action: 'reply', visibility, body: 'An answer, or a note.' });
    },
    async () => {
      await send(topic, 'chris', { action: 'accept', post: await postBy('Reply 3.') });
      await send(desk, 'agnes', { action: 'change', priority: 'urgent', status: 'pending', tags: 'one' });
      await world.rows("update users set name = handle where email like 'nikos@%' or email like 'agnes@%'");
      await world.rows("update groups set name = 'Renamed'");
    },
    async () => {
      await world.rows('update posts set hidden_at = 1 where id = ?', [await postBy('Reply 5.')]);
      await send(moderation, 'agnes', { action: 'whisper', body: 'Psst.', place: '2' });
      await send(moderation, 'mara', { action: 'split', title: 'Somewhere else', 'posts[]': await postBy('Reply 7.'), tags: '' });
      await send(`${desk}/merge`, 'agnes', { action: 'here', more: String(await asks('To be merged')) });
      await world.rows("update ticket_statuses set agent_en = 'Renamed', agent_el = 'Renamed'");
    },
    async () => {
      await world.rows("update categories set see = '[\"role:agent\"]', reply = see, name = 'Renamed' where slug = 'calendars'");
      await world.rows("update users set role_id = null, role = 'customer' where email like 'tomas@%'");
      await world.rows("update roles set scopes = '{\"groups\":[\"grp_kept\"]}' where id = 'rol_helper'");
    },
    async () => void (await world.rows("update categories set see = null, reply = '[\"role:agent\"]' where slug = 'calendars'")),
  ];
  for (const [n, change] of changes.entries()) {
    const lookAtAll = () => Promise.all(pages.map(([path, who]) => look(path, who)));
    await lookAtAll();
    await change();
    await world.worker.tick('* * * * *');
    await lookAtAll();
    const folder = mkdtempSync(join(tmpdir(), 'stoa-kept-'));
    const fresh = await startWorkerd({ dist: DIST, folder, databaseUrl: world.database.url, secret: SECRET, url: world.url });
    try {
      for (const [path, who] of pages) {
        const cold = await fetch(fresh.url + path, { redirect: 'manual', headers: cookies[who] ? { cookie: cookies[who] } : {} });
        const warm = await look(path, who);
        expect.soft([path, who, n, warm.status, bare(warm.html)]).toEqual([path, who, n, cold.status, bare(await cold.text())]);
      }
    } finally {
      await fresh.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

test('below a topic everybody finds their own draft, how closely they follow it, and a field that is empty where they have written nothing', async () => {
  await world.rows("update categories set reply = null where slug = 'calendars'");
  const at = await opens('A topic to write in', 'chris');
  const readers = ['hugh', 'ben', 'nikos', 'hugh', 'ben', 'nikos'];
  const level = (html: string) => /<option value="(\w+)" selected/.exec(html)?.[1];
  for (const who of readers) await look(at, who);
  await send(at, 'ben', { action: 'draft', body: 'canary-of-ben', draft: '0' });
  await send(at, 'nikos', { action: 'follow', level: 'muted' });
  for (const who of readers) {
    const { html } = await look(at, who);
    expect([who, html.includes('canary-of-ben'), html.includes('value="discard"'), level(html)]).toEqual([who, who === 'ben', who === 'ben', who === 'nikos' ? 'muted' : level((await look(at, 'hugh')).html)]);
  }
  expect((await look(`${at}?quote=1`, 'hugh')).html).toContain('&gt; Words of A topic to write in');
  expect((await look(at, 'hugh')).html).not.toContain('&gt; Words of A topic');
  const refused = await world.visit(at, { cookie: cookies['hugh']!, form: { once: drawn(), action: 'reply', body: ' ' } });
  expect([refused.status, refused.html.includes('id="body-issue"')]).toEqual([422, true]);
  const again = (await look(at, 'hugh')).html;
  expect([again.includes('id="body-issue"'), again.includes('name="homepage"'), again.includes('Editor')]).toEqual([false, true, true]);
});
