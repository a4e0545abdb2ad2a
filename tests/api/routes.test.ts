import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaOf } from '../../worker/platform/scope.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
let document: any;
let tokens: Record<'customer' | 'agent' | 'csm' | 'admin', string>;
beforeAll(async () => {
  world = await api();
  await world.sql("insert into tag_synonyms (synonym, tag, created_at) values ('word', 'sms', 0)");
  await world.sql("insert into tag_groups (id, name, tags) values ('tgr_1', 'Browsers', '[]'), ('tgr_2', 'Sizes', '[]')");
  await world.sql("insert into groups (id, name, created_at) values ('grp_1', 'Billing', 0)");
  await world.sql("insert into attachments (id, owner_id, name, type, size, sha256, macro_id, created_at, attached_at) select 'att_0123456789abcdef0123456789abcdef', id, 'a.txt', 'text/plain', 1, '', 'mac_demo_version', 0, 0 from users where email = 'ada@stoa.test'");
  await world.sql("insert into assignments (topic_id, user_id, assigned_at) select t.id, u.id, 0 from topics t, users u where t.number = 1 and u.email = 'agnes@stoa.test'");
  await world.sql("insert into author_notes (id, post_id, author_id, words, created_at) select 'nte_1', p.id, u.id, 'A word.', 0 from posts p join topics t on t.id = p.topic_id, users u where t.number = 1 and p.number = 1 and u.email = 'nikos@olive.test'");
  await world.sql("insert into search_queries (hash, words, results, searches) values ('sought', 'sms reminders', 3, 2)");
  document = (await world.call('GET', '/openapi.json')).body;
  tokens = { customer: await world.tokenOf('chris@acme.test'), agent: await world.tokenOf('agnes@stoa.test'), csm: await world.tokenOf('cleo@stoa.test'), admin: await world.tokenOf('ada@stoa.test') };
});
afterAll(() => world?.close());

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** A schema in which nothing may appear that it does not name. */
function closed(schema: any): any {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return parts['type'] === 'object' && parts['properties'] && !('additionalProperties' in parts) ? { ...parts, additionalProperties: false } : parts;
}

/** How each route is called so that it works: who, with what in the path, and with which body. */
type Example = [who: 'customer' | 'agent' | 'csm' | 'admin', params: Record<string, string | number>, body?: unknown];

const FILES = new FormData();
FILES.append('attachments', new File(['words'], 'words.txt'));

const OPEN = { match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] };

const examples: Record<string, Example> = {
  'POST /attachments': ['customer', {}, FILES],
  'GET /attachments/room': ['customer', {}],
  'POST /attachments/{id}/check': ['agent', { id: 'UNCHECKED' }, {}],
  'GET /topics': ['customer', {}],
  'POST /topics': ['customer', {}, { category: 'calendars', title: 'Written by a machine', body: 'Hello.', tags: ['api'] }],
  'GET /topics/{number}': ['customer', { number: 1 }],
  'PATCH /topics/{number}': ['agent', { number: 1 }, { tags: ['calendar', 'clocks'] }],
  'GET /topics/{number}/posts': ['customer', { number: 1 }],
  'POST /topics/{number}/posts': ['customer', { number: 1 }, { body: 'Same here.' }],
  'PATCH /topics/{number}/restrictions': ['agent', { number: 1 }, { votesFrozen: false, teamOnly: false }],
  'GET /assignments': ['agent', {}],
  'GET /follow-defaults': ['admin', {}],
  'PUT /follow-defaults': ['admin', {}, { tag: 'sms', level: 'watching' }],
  'GET /topics/{number}/assignment': ['agent', { number: 1 }],
  'PUT /topics/{number}/assignment': ['agent', { number: 1 }, { assignee: 'me', post: 2, day: '2099-01-01' }],
  'PATCH /topics/{number}/assignment': ['agent', { number: 1 }, { status: 'doing' }],
  'PUT /topics/{number}/vote': ['agent', { number: 1 }],
  'DELETE /topics/{number}/vote': ['agent', { number: 1 }],
  'GET /tags/synonyms': ['admin', {}],
  'POST /tags/synonyms': ['admin', {}, { synonym: 'text', tag: 'sms' }],
  'DELETE /tags/synonyms/{synonym}': ['admin', { synonym: 'word' }],
  'GET /tags/groups': ['customer', {}],
  'POST /tags/groups': ['admin', {}, { name: 'Platform', tags: ['mac', 'linux'], isOneOf: true, requiredIn: [] }],
  'PUT /tags/groups/{id}': ['admin', { id: 'tgr_1' }, { name: 'Browser', tags: ['firefox', 'safari'] }],
  'DELETE /tags/groups/{id}': ['admin', { id: 'tgr_2' }],
  'GET /posts/{id}': ['customer', { id: 'POST' }],
  'PATCH /posts/{id}': ['customer', { id: 'POST' }, { body: 'In other words.' }],
  'DELETE /posts/{id}': ['customer', { id: 'POST' }],
  'POST /posts/{id}/restore': ['customer', { id: 'REMOVED' }, {}],
  'GET /posts/{id}/versions': ['customer', { id: 'CHANGED' }],
  'PATCH /posts/{id}/versions/{number}': ['agent', { id: 'CHANGED', number: 1 }, { hidden: true, reason: 'An address.' }],
  'GET /reviews': ['agent', {}],
  'POST /reviews/decisions': ['agent', {}, { entries: ['pst_none 0'], decision: 'ignore' }],
  'GET /suspended-tickets': ['agent', {}],
  'POST /suspended-tickets/decisions': ['agent', {}, { entries: ['tkt_none 0'], decision: 'remove' }],
  'GET /newcomers': ['admin', {}],
  'POST /newcomers/decisions': ['admin', {}, { entries: ['usr_none 0'], decision: 'approve' }],
  'GET /trust/rights': ['admin', {}],
  'PATCH /trust/rights': ['admin', {}, { 'links-10': 1 }],
  'GET /posts/{id}/notes': ['customer', { id: 'FIRST' }],
  'POST /posts/{id}/notes': ['agent', { id: 'FIRST' }, { words: 'Say which version it is.', signed: true }],
  'PUT /posts/{id}/vote': ['agent', { id: 'POST' }, { value: 'up' }],
  'GET /ideas': ['customer', {}],
  'POST /ideas': ['customer', {}, { title: 'A week view', body: 'It would help.' }],
  'GET /ideas/{number}': ['customer', { number: 1 }],
  'PUT /ideas/{number}/vote': ['customer', { number: 1 }],
  'DELETE /ideas/{number}/vote': ['customer', { number: 1 }],
  'GET /tickets': ['agent', {}],
  'POST /tickets': ['customer', {}, { subject: 'From a machine', body: 'Hello.' }],
  'GET /tickets/{number}': ['agent', { number: 1 }],
  'PATCH /tickets/{number}': ['agent', { number: 1 }, { priority: 'high' }],
  'GET /tickets/{number}/messages': ['agent', { number: 1 }],
  'POST /tickets/{number}/messages': ['agent', { number: 1 }, { body: 'Looking into it.' }],
  'GET /tickets/{number}/draft': ['agent', { number: 1 }],
  'PUT /tickets/{number}/draft': ['agent', { number: 'FRESH' }, { body: 'To be said.', visibility: 'internal' }],
  'DELETE /tickets/{number}/draft': ['agent', { number: 'FRESH' }],
  'GET /tickets/{number}/held': ['agent', { number: 'HOLDING' }],
  'DELETE /tickets/{number}/held/{id}': ['agent', { number: 'HOLDING', id: 'HELD' }],
  'POST /tickets/{number}/held/{id}/send': ['agent', { number: 'HOLDING', id: 'HELD' }, {}],
  'POST /internal-tickets': ['agent', {}, { subject: 'Among us', body: 'Hello.' }],
  'GET /tickets/{number}/people': ['customer', { number: 'COPIED' }],
  'POST /tickets/{number}/people': ['customer', { number: 'FRESH' }, { email: 'dora@acme.test' }],
  'DELETE /tickets/{number}/people/{id}': ['agent', { number: 'COPIED', id: 'usr_none' }],
  'POST /tickets/{number}/requester': ['agent', { number: 'FRESH' }, { requester: 'dora@acme.test', keep: true }],
  'PUT /tickets/{number}/watching': ['agent', { number: 'FRESH' }, { watching: true }],
  'PUT /tickets/{number}/snooze': ['agent', { number: 'FRESH' }, { until: 'reply' }],
  'DELETE /tickets/{number}/snooze': ['agent', { number: 'ASLEEP' }],
  'GET /tickets/{number}/links': ['agent', { number: 'LINKED' }],
  'POST /tickets/{number}/links': ['agent', { number: 'FRESH' }, { other: 1, as: 'related' }],
  'DELETE /tickets/{number}/links/{kind}/{other}': ['agent', { number: 'LINKED', kind: 'problem', other: 3 }],
  'POST /tickets/{number}/trackers': ['agent', { number: 'FRESH' }, { reference: 'ENG-7', url: 'https://engineers.example/7' }],
  'DELETE /tickets/{number}/trackers/{reference}': ['agent', { number: 'LINKED', reference: 'ENG-8' }],
  'POST /tickets/{number}/incidents/answers': ['agent', { number: 'LINKED' }, { body: 'It is fixed.', solve: true }],
  'GET /tickets/{number}/sides': ['agent', { number: 'ASIDE' }],
  'POST /tickets/{number}/sides': ['agent', { number: 'FRESH' }, { subject: 'A part', body: 'Do you have one?', name: 'Vera', email: 'vera@vendor.test' }],
  'POST /tickets/{number}/sides/{id}/messages': ['agent', { number: 'ASIDE', id: 'SIDE' }, { body: 'And now?' }],
  'POST /bulk-changes': ['agent', {}, { condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] }, ticket: [13], addTags: ['of-a-machine'] }],
  'GET /bulk-changes/{id}': ['agent', { id: 'BULK' }],
  'GET /bulk-changes/{id}/tickets': ['agent', { id: 'BULK' }],
  'POST /bulk-changes/{id}/revert': ['agent', { id: 'BULK' }, {}],
  'GET /tickets/{number}/history': ['agent', { number: 1 }],
  'GET /macros': ['agent', {}],
  'POST /macros': ['agent', {}, { name: 'By a machine', en: 'Hello {{requester.first_name}}.', status: 'pending', addTags: ['machine'] }],
  'GET /macros/{id}': ['agent', { id: 'mac_demo_version' }],
  'PATCH /macros/{id}': ['agent', { id: 'MACRO' }, { name: 'Renamed', el: 'Γεια.' }],
  'DELETE /macros/{id}': ['agent', { id: 'MACRO' }],
  'POST /macros/{id}/attachments': ['agent', { id: 'mac_demo_version' }, {}],
  'POST /tickets/{number}/merge': ['agent', { number: 'FRESH' }, { into: 1, accounts: true }],
  'POST /tickets/{number}/unmerge': ['agent', { number: 'MERGED' }, {}],
  'POST /tickets/{number}/split': ['agent', { number: 'FRESH' }, { messages: ['MESSAGE'], subject: 'A ticket of its own', mode: 'copy' }],
  'GET /tickets/{number}/rating': ['customer', { number: 'RATED' }],
  'PUT /tickets/{number}/rating': ['customer', { number: 'SOLVED' }, { score: 4, comment: 'Quick.' }],
  'GET /surveys/rating': ['admin', {}],
  'PUT /surveys/rating': ['admin', {}, { scale: 5, hours: 24 }],
  'GET /articles': ['customer', {}],
  'GET /articles/{category}/{slug}': ['customer', { category: 'start', slug: 'find-an-answer' }],
  'GET /search': ['customer', {}],
  'GET /searches': ['agent', {}],
  'GET /suggestions': ['customer', {}],
  'POST /suggestions/solved': ['customer', {}, { solved: 'topic:1' }],
  'GET /incidents': ['customer', {}],
  'POST /incidents/follow': ['customer', {}, { follow: 'incident:inc_demo_outlook' }],
  'PUT /tickets/{number}/incident': ['agent', { number: 'FRESH' }, { wordsEn: 'Exports stop' }],
  'DELETE /tickets/{number}/incident': ['agent', { number: 'FRESH' }],
  'GET /forms': ['customer', {}],
  'GET /forms/{id}': ['customer', { id: 'frm_demo_booking' }],
  'GET /statuses': ['agent', {}],
  'GET /accounts': ['csm', {}],
  'POST /accounts': ['csm', {}, { name: 'Newcomer', domains: ['new.example'], arr: 1200, currency: 'USD', renewsOn: '2027-02-28', plan: 'Team', csm: 'cleo@stoa.test' }],
  'GET /accounts/{id}': ['csm', { id: 'ACME' }],
  'PATCH /accounts/{id}': ['csm', { id: 'ACME' }, { plan: 'Enterprise', csm: null }],
  'GET /accounts/{id}/timeline': ['csm', { id: 'ACME' }],
  'GET /feedback': ['csm', {}],
  'GET /me': ['customer', {}],
  'GET /people': ['agent', {}],
  'GET /groups': ['agent', {}],
  'GET /views': ['agent', {}],
  'POST /views': ['agent', {}, { name: 'By a machine', condition: OPEN }],
  'GET /views/{id}': ['agent', { id: 'open' }],
  'PATCH /views/{id}': ['agent', { id: 'VIEW' }, { name: 'Renamed' }],
  'DELETE /views/{id}': ['agent', { id: 'VIEW' }],
  'PUT /me/availability': ['agent', {}, { away: 'no' }],
  'GET /mail-templates': ['admin', {}],
  'PUT /mail-templates/{event}/{locale}': ['admin', { event: 'digest', locale: 'el' }, { subject: 'Νέα', text: '{{list}}' }],
  'DELETE /mail-templates/{event}/{locale}': ['admin', { event: 'digest', locale: 'el' }],
  'GET /views/{id}/tickets': ['agent', { id: 'open' }],
  'GET /people/{id}': ['agent', { id: 'CHRIS' }],
  'GET /people/{id}/sanctions': ['admin', { id: 'SANCTIONED' }],
  'POST /people/{id}/warnings': ['agent', { id: 'SANCTIONED' }, { code: 'spam', words: 'Not here.' }],
  'POST /people/{id}/silences': ['agent', { id: 'SANCTIONED' }, { code: 'spam', words: 'Not here.', days: '7' }],
  'POST /people/{id}/suspensions': ['admin', { id: 'SANCTIONED' }, { code: 'spam', words: 'Not here.', days: '0' }],
  'DELETE /sanctions/{id}': ['admin', { id: 'SANCTION' }],
  'PATCH /people/{id}': ['admin', { id: 'CHRIS' }, { name: 'Chris Doyle', account: 'Acme Clinics' }],
  'GET /invitations': ['csm', {}],
  'POST /invitations': ['csm', {}, { email: 'new@acme.test', account: 'Acme Clinics', locale: 'en' }],
  'DELETE /invitations/{id}': ['csm', { id: 'INVITATION' }],
  'GET /tokens': ['customer', {}],
  'POST /tokens': ['customer', {}, { name: 'For a script', scope: 'read' }],
  'DELETE /tokens/{id}': ['customer', { id: 'TOKEN' }],
};

const routes = () => Object.entries<any>(document.paths).flatMap(([path, methods]) => Object.entries<any>(methods).map(([method, route]) => ({ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, route })));

/** A ticket of Chris that is as an example needs it. */
async function prepared(state: string): Promise<string> {
  const { number } = (await world.call('POST', '/tickets', { token: tokens.customer, body: { subject: `A ticket to be ${state.toLowerCase()}`, body: 'Hello.' } })).body;
  if (state === 'MERGED') await world.call('POST', `/tickets/${number}/merge`, { token: tokens.csm, body: { into: 1, accounts: true } });
  if (state === 'RATED' || state === 'SOLVED') await world.call('PATCH', `/tickets/${number}`, { token: tokens.agent, body: { status: 'solved' } });
  if (state === 'RATED') await world.call('PUT', `/tickets/${number}/rating`, { token: tokens.customer, body: { score: 5 } });
  if (state === 'COPIED') await world.call('POST', `/tickets/${number}/people`, { token: tokens.customer, body: { email: 'dora@acme.test' } });
  if (state === 'ASLEEP') await world.call('PUT', `/tickets/${number}/snooze`, { token: tokens.agent, body: { until: 'reply' } });
  if (state === 'LINKED') await world.call('POST', `/tickets/${number}/links`, { token: tokens.agent, body: { other: 3, as: 'incident' } });
  if (state === 'HOLDING') await world.sql("insert into held_replies (id, ticket_id, author_id, body, status, revision, release_at) select 'msg_held' || t.number, t.id, u.id, 'Held.', 'open', 1, 4102444800000 from tickets t, users u where t.number = ? and u.email = 'agnes@stoa.test'", [number]);
  return String(number);
}

/** A bulk change of the agent’s that counts as done. */
async function bulk(): Promise<string> {
  const { id } = (await world.call('POST', '/bulk-changes', { token: tokens.agent, body: { condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] }, ticket: [13], addTags: [`of-${crypto.randomUUID().slice(0, 8)}`] } })).body;
  await world.sql("update bulk_runs set state = 'done' where state = 'running'");
  return id;
}

async function called({ name, method, path }: { name: string; method: string; path: string }) {
  const [who, params, body] = examples[name]!;
  const [account] = await world.sql(`select id from accounts where name like 'Acme%' limit 1`);
  const known: Record<string, string> = { ACME: account!['id'] as string };
  known['CHRIS'] = (await world.sql(`select id from users where email = 'chris@acme.test'`))[0]!['id'] as string;
  const sanctioned = String((await world.sql("select handle from users where email = 'maria@olive.test'"))[0]!['handle']);
  known['SANCTIONED'] = sanctioned;
  if (path.includes('sanctions')) known['SANCTION'] = (await world.call('POST', `/people/${sanctioned}/warnings`, { token: tokens.admin, body: { code: 'spam', words: 'Not here.' } })).body.sanction;
  if (name === 'GET /invitations' || Object.values(params).includes('INVITATION')) known['INVITATION'] = (await world.call('POST', '/invitations', { token: tokens[who], body: { email: `${name.length}@acme.test`, account: 'Acme Clinics' } })).body.id;
  if (Object.values(params).includes('TOKEN')) known['TOKEN'] = (await world.call('POST', '/tokens', { token: tokens[who], body: { name: 'To go' } })).body.id;
  if (name === 'GET /reviews') {
    await world.sql("insert or ignore into reviews (post_id, opened_at) select id, 1 from posts limit 1");
    await world.sql("insert or ignore into flags (post_id, author_id, kind, weight, created_at) select post_id, (select id from users where email = 'chris@acme.test'), 'spam', 1, 1 from reviews limit 1");
  }
  if (name === 'GET /suspended-tickets') await world.sql(`insert or ignore into suspended_tickets (id, number, email, locale, subject, body, priority, causes, created_at) values ('tkt_waits', 900, 'guest@spam.example', 'en', 'Waits', 'Words.', 'normal', '[{"rule":"burst","detail":"spam.example","count":11,"minutes":10}]', 1)`);
  if (name === 'GET /newcomers') await world.sql("insert or ignore into newcomers (user_id, signs, opened_at) select id, '[{\"sign\":\"link\",\"detail\":\"x.example\"}]', 1 from users where email = 'chris@acme.test'");
  if (Object.values(params).includes('UNCHECKED')) {
    known['UNCHECKED'] = 'att_unchecked';
    await world.sql("insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at, verdict) select 'att_unchecked', author_id, 'late.txt', 'text/plain', 1, '', id, 0, 0, 'failed' from ticket_messages where visibility = 'public' limit 1");
  }
  const isOfPost = path.startsWith('/posts/') && params['id'] !== 'FIRST';
  known['FIRST'] = String((await world.sql('select p.id from posts p join topics t on t.id = p.topic_id where t.number = 1 and p.number = 1'))[0]!['id']);
  if (isOfPost) known[String(params['id'])] = (await world.call('POST', '/topics/1/posts', { token: tokens.customer, body: { body: 'Of a machine.' } })).body.id;
  if (known['REMOVED']) await world.call('DELETE', `/posts/${known['REMOVED']}`, { token: tokens.customer });
  if (known['CHANGED']) await world.call('PATCH', `/posts/${known['CHANGED']}`, { token: tokens.agent, body: { body: 'Of a person.' } });
  if (/^[A-Z]+$/.test(String(params['number']))) known[params['number']!] = await prepared(String(params['number']));
  if (params['number'] === 'ASIDE') known['SIDE'] = (await world.call('POST', `/tickets/${known['ASIDE']}/sides`, { token: tokens.agent, body: { subject: 'A part', body: 'Is there one?', email: 'vera@vendor.test' } })).body.id;
  if (params['id'] === 'HELD') known['HELD'] = `msg_held${known['HOLDING']}`;
  if (params['id'] === 'MACRO') known['MACRO'] = (await world.call('POST', '/macros', { token: tokens.agent, body: { name: 'To change', en: 'Hello.' } })).body.id;
  if (params['id'] === 'VIEW') known['VIEW'] = (await world.call('POST', '/views', { token: tokens.agent, body: { name: 'To change', condition: OPEN } })).body.id;
  if (params['id'] === 'BULK') known['BULK'] = await bulk();
  const address = path.replace(/\{(\w+)\}/g, (_, part: string) => known[params[part]!] ?? String(params[part]));
  if (/split$/.test(path)) (body as { messages: string[] }).messages = (await world.call('GET', `/tickets/${known['FRESH']}/messages`, { token: tokens.agent })).body.items.map(({ id }: { id: string }) => id);
  return world.call(method, address + (/^\/(search|suggestions)$/.test(path) ? '?q=reminders' : ''), { token: tokens[who], ...(body === undefined ? {} : { body }) });
}

test('every route of openapi.json answers as its schema says, and every example is one of them', async () => {
  expect(routes().map(({ name }) => name).sort()).toEqual(Object.keys(examples).sort());
  for (const each of routes()) {
    const answer = await called(each);
    const [status, { content }] = Object.entries<any>(each.route.responses).find(([key]) => key !== 'default')!;
    expect([each.name, answer.status, answer.body.detail]).toEqual([each.name, Number(status), undefined]);
    const schema = content['application/json'].schema;
    const validate = ajv.compile(closed(schema));
    expect([each.name, validate(answer.body) || validate.errors]).toEqual([each.name, true]);
    if (schema.properties?.items) expect([each.name, answer.body.items.length > 0 || /history/.test(each.name)]).toEqual([each.name, true]);
  }
});

test('the page for people shows every route, loads nothing from elsewhere and runs nothing', async () => {
  const page = await world.visit('/api/docs');
  expect((await fetch(`${world.url}/api`)).url).toBe(`${world.url}/api/docs`);
  for (const { method, path } of routes()) expect(page.html).toContain(`${method}</span> <code>${path}</code>`);
  expect(page.html).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/);
  expect(page.html.match(/curl /g)!.length).toBe(routes().length);
});

test('what the page says to send has the shape that its route asks for', async () => {
  const page = await world.visit('/api/docs');
  const read = (text: string) => text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const shown = new Map([...page.html.matchAll(/<section id="([^"]+)">[\s\S]*?<pre><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, id, text]) => [id!, read(text!)]));
  const sending = routes().filter(({ route }) => route.requestBody?.content['application/json']);
  expect(sending.length).toBeGreaterThan(30);
  for (const each of routes()) {
    const schema = each.route.requestBody?.content['application/json']?.schema;
    if (!schema) continue;
    const sent = JSON.parse(/-d '(.*)'$/s.exec(shown.get(`${each.method.toLowerCase()}${each.path.replace(/[{}]/g, '').replaceAll('/', '-')}`)!)![1]!);
    const validate = ajv.compile(schema);
    expect([each.name, Object.keys(sent).length > 0, validate(sent) || validate.errors]).toEqual([each.name, true, true]);
  }
});

test('lists go on where they stopped, whatever the page length, without doubles', async () => {
  const lists = routes().filter(({ route, name }) => route.responses['200']?.content['application/json'].schema.properties?.next && !/history|versions|macros|notes|\{number\}\/(people|links|sides|held)|bulk/.test(name));
  expect(lists.length).toBeGreaterThan(8);
  for (const { name, path } of lists) {
    const [who, params] = examples[name]!;
    const [account] = await world.sql(`select id from accounts where name like 'Acme%' limit 1`);
    const address = path.replace(/\{(\w+)\}/g, (_, part: string) => (params[part] === 'ACME' ? String(account!['id']) : String(params[part])));
    const whole = (await world.call('GET', `${address}?limit=100`, { token: tokens[who] })).body.items;
    const walked: any[] = [];
    for (let after = ''; walked.length < Math.min(whole.length, 12); ) {
      const { items, next } = (await world.call('GET', `${address}?limit=3&after=${after}`, { token: tokens[who] })).body;
      walked.push(...items);
      if (next === null) break;
      after = next;
    }
    expect([name, walked.map((item) => item.id)]).toEqual([name, whole.slice(0, walked.length).map((item: any) => item.id)]);
  }
});

test('a cursor of another list, or of nobody, is a sentence', async () => {
  const foreign = (values: unknown) => btoa(encodeURIComponent(JSON.stringify(values))).replaceAll('=', '');
  for (const path of ['/topics', '/tickets', '/accounts', '/accounts?order=revenue', '/accounts?order=health', '/feedback', '/articles', '/ideas', '/tokens', '/topics/1/posts'])
    for (const after of ['x', '%00', foreign(['x']), foreign([1e308, 'x']), foreign([{}]), foreign([]), foreign([-1, -1]), 'a'.repeat(5_000)]) {
      const answer = await world.call('GET', `${path}${path.includes('?') ? '&' : '?'}after=${after}`, { token: tokens.csm });
      expect([path, after, answer.status]).toEqual([path, after, 422]);
      expect(answer.body.errors.after).toHaveLength(1);
    }
});

test('HEAD is GET without its body, OPTIONS says what goes, what does not go is a 405', async () => {
  const head = await world.call('HEAD', '/topics');
  expect([head.status, head.body, head.headers.get('content-type')]).toEqual([200, '', 'application/json']);
  const options = await world.call('OPTIONS', '/topics/1');
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, PATCH, HEAD, OPTIONS']);
  const wrong = await world.call('DELETE', '/topics/1', { token: tokens.agent });
  expect([wrong.status, wrong.headers.get('allow'), wrong.headers.get('content-type')]).toEqual([405, 'GET, PATCH, HEAD, OPTIONS', 'application/problem+json']);
  for (const path of ['/nope', '/topics/0', '/topics/1e3', '/topics/9999999', '/topics/-1', '/articles/a/b', '/accounts/x']) expect([path, (await world.call('GET', path, { token: tokens.csm })).status]).toEqual([path, 404]);
});

test('errors say title, status, detail and the fields', async () => {
  const missing = await world.call('POST', '/topics', { token: tokens.customer, body: {} });
  expect(missing.status).toBe(422);
  expect(missing.body).toMatchObject({ title: 'Invalid', status: 422, errors: { title: ['Write a title.'], category: ['Choose a category.'] } });
  const visitor = await world.call('POST', '/topics', { body: { category: 'calendars', title: 'x', body: 'x' } });
  expect([visitor.status, visitor.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect((await world.call('GET', '/topics', { token: 'stoa_nobody' })).status).toBe(401);
  for (const path of ['/feedback', '/accounts']) expect([path, (await world.call('GET', path, { token: tokens.customer })).status, (await world.call('GET', path)).status]).toEqual([path, 403, 401]);
  expect((await world.call('POST', '/topics', { token: await world.tokenOf('dora@acme.test', 'read'), body: { category: 'calendars', title: 'x', body: 'x' } })).status).toBe(403);
});

test('an Idempotency-Key replays the first answer with its status, for that route only', async () => {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const body = { category: 'calendars', title: 'Only once', body: 'Please.' };
  const [first, second] = [await world.call('POST', '/topics', { token: tokens.customer, headers, body }), await world.call('POST', '/topics', { token: tokens.customer, headers, body })];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  const [a, b] = [await world.call('POST', '/topics/1/posts', { token: tokens.csm, headers, body: { body: 'One.' } }), await world.call('POST', '/topics/2/posts', { token: tokens.csm, headers, body: { body: 'Two.' } })];
  expect([a.status, b.status, b.body.number]).toEqual([201, 201, 2]);
  expect(a.body.id).not.toBe(b.body.id);
  const [token, again] = [await world.call('POST', '/tokens', { token: tokens.customer, headers, body: { name: 'Once' } }), await world.call('POST', '/tokens', { token: tokens.customer, headers, body: { name: 'Once' } })];
  expect(again.body).toEqual(token.body);
});

test('an Idempotency-Key with another body is refused and does nothing; the first body has its answer still', async () => {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const send = (words: string) => world.call('POST', '/tickets', { token: tokens.customer, headers, body: { subject: 'Only one of two', body: words } });
  const [first, other, again] = [await send('One.'), await send('Two.'), await send('One.')];
  expect([first.status, other.status, other.headers.get('content-type'), other.body.detail]).toEqual([201, 422, 'application/problem+json', 'This Idempotency-Key came before with another body. Send the same body again, or another one with a key of its own.']);
  expect(Object.keys(other.body.errors)).toEqual(['Idempotency-Key']);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(await world.sql("select count(*) n from tickets where subject = 'Only one of two'")).toEqual([{ n: 1 }]);

  const bring = (...names: string[]) => {
    const body = new FormData();
    for (const name of names) body.append('attachments', new File([name], name));
    return world.call('POST', '/attachments', { token: tokens.customer, headers, body });
  };
  const [file, files, same] = [await bring('a.txt'), await bring('a.txt', 'b.txt'), await bring('a.txt')];
  expect([file.status, files.status, Object.keys(files.body.errors), same.body]).toEqual([201, 422, ['Idempotency-Key'], file.body]);
  expect(await world.sql("select count(*) n from attachments where name = 'b.txt'")).toEqual([{ n: 0 }]);
});

test('without a token a key counts with its body: nobody owns it', async () => {
  const headers = { 'idempotency-key': 'order-1' };
  const send = (words: string) => world.call('POST', '/suggestions/solved', { headers, body: { solved: words } });
  expect([(await send('topic:1')).status, (await send('topic:2')).status, (await send('topic:1')).status]).toEqual([201, 201, 201]);
});

test('a token without the scope for a route hears that, and nothing of what is wrong with its call', async () => {
  const scoped = async (scope: string) => {
    const secret = `stoa_${hashOf(scope).slice(0, 32)}`;
    await world.sql("insert or ignore into tokens (id, hash, user_id, name, scope, created_at) select ?, ?, id, 'scoped', ?, 0 from users where email = 'ada@stoa.test'", [`tok_${hashOf(secret).slice(0, 8)}`, hashOf(secret), scope]);
    return secret;
  };
  const wrong: [name: string, body?: string | FormData, headers?: Record<string, string>][] = [['no fields', '{}'], ['no JSON', '{'], ['a list', '[]'], ['no words', JSON.stringify({ body: 7, subject: {}, title: '' })], ['a form', new FormData()], ['a key', '{}', { 'idempotency-key': 'k'.repeat(201) }], ['a challenge', '{}', { 'stoa-challenge': 'x' }]];
  for (const { name, method, path } of routes()) {
    const area = areaOf(path);
    const address = path.replace(/\{(\w+)\}/g, (_, part: string) => (part === 'number' || part === 'other' ? '1' : 'none'));
    const elsewhere = await scoped(`${area === 'ideas' ? 'kb' : 'ideas'}:write`);
    if (method === 'GET') {
      const answer = await world.call(method, `${address}?after=x&q=x`, { token: elsewhere });
      expect([name, answer.status, answer.body.errors]).toEqual([name, 403, {}]);
      continue;
    }
    for (const token of [await scoped('read'), await scoped(`${area}:read`), elsewhere]) {
      for (const [what, body, headers = {}] of wrong) {
        const answer = await world.call(method, address, { token, headers, ...(body === undefined ? {} : { body }) });
        // What is not there, or not for this person, is told to readers before it is asked what they may write.
        expect([name, what, answer.status === 404 && token !== elsewhere ? 403 : answer.status, answer.body.errors]).toEqual([name, what, 403, {}]);
      }
    }
  }
});
