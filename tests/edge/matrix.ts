import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hashOfWait } from '../../worker/incidents/link.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { edge } from '../support/edge.ts';

/** Who asks, in the order of the table's columns. */
export const principals = ['visitor', 'customer', 'colleague', 'account admin', 'other account', 'moderator', 'light agent', 'agent', 'CSM', 'admin', 'suspended', 'borrowed eyes', 'read token', 'write token', 'forum token', 'expired token'] as const;
export type Principal = (typeof principals)[number];

export interface Entry {
  /** The page or route it is about: `/tickets/[number]`, `GET /tickets/{number}`. */
  what: string;
  method: string;
  address: string;
  /** Form or JSON that is sent. */
  body?: Record<string, string> | undefined;
  /** What each principal is expected to be answered: `ok`, `in` (sent to sign in), `go` (sent elsewhere), or a status. */
  expected: Record<Principal, string>;
}

const cellsOf = (line: string) => line.split('|').slice(1, -1).map((cell) => cell.trim());

/** Rows of the tables under a heading of matrix.md, without their heads. */
function rows(heading: string): string[][] {
  const text = readFileSync(new URL('./matrix.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading));
  if (!section) throw new Error(`matrix.md has no part ${heading}.`);
  return section.split('\n').filter((line) => line.startsWith('|')).slice(2).map(cellsOf);
}

const policies = new Map(rows('Policies').map(([name, ...cells]) => [name!, Object.fromEntries(principals.map((who, i) => [who, cells[i]!])) as Record<Principal, string>]));

function entryOf([what, address, body, policy]: string[]): Entry {
  const expected = policies.get(policy!);
  if (!expected) throw new Error(`${what}: there is no policy ${policy}.`);
  const [, method = 'GET', path] = /^(?:(GET|POST|PATCH|PUT|DELETE) )?(.*)$/.exec(address!)!;
  return { what: what!, method, address: path!, body: body ? (JSON.parse(body.replaceAll('`', '')) as Record<string, string>) : undefined, expected };
}

export const pages = rows('Pages').map(entryOf);
export const api = rows('API').map(entryOf);

/** What nobody may read who is not named: said in an internal note, and in two customers' tickets. */
export const canaries: Record<string, Principal[]> = {
  'canary-of-a-note': ['light agent', 'agent', 'CSM', 'admin'],
  'canary-of-chris': ['customer', 'account admin', 'light agent', 'agent', 'CSM', 'admin', 'borrowed eyes', 'read token', 'write token'],
  'canary-of-a-plan': ['light agent', 'agent', 'CSM', 'admin'],
  'canary-of-health': ['light agent', 'agent', 'CSM', 'admin'],
  'data-health': ['light agent', 'agent', 'CSM', 'admin'],
  'canary-of-nikos': ['other account', 'light agent', 'agent', 'CSM', 'admin'],
};

/** What only tells that somebody came, tried, or read so far. */
const LOGS = new Set(['outbox', 'once', 'attempts', 'migrations', 'sqlite_sequence', 'reads', 'trust', 'trust_days', 'ticket_visits', 'known_devices', 'search_days', 'search_queries', 'account_health', 'account_health_days', 'marks']);
/** Columns that tell of coming in, or of what the clock did, not of a change. */
const TRACES = new Set(['last_used_at', 'expires_at', 'seen_at', 'unseen', 'health']);

/** The built worker with the demo workspace, two private tickets, and a session or token of each principal; `given` is what `edge` is given. */
export async function matrixWorld(given?: Parameters<typeof edge>[0]) {
  const world = await edge(given);
  const { client, rows: sql } = world;
  const now = Date.now();
  await sql(`insert into users (id, email, name, handle, role, account_id, created_at, suspended_at) select 'usr_col', 'col@acme.test', 'Colleague', 'colleague', 'customer', account_id, 0, null from users where email = 'chris@acme.test'
    union all select 'usr_light', 'light@stoa.test', 'Light', 'light', 'light_agent', null, 0, null union all select 'usr_susp', 'susp@stoa.test', 'Suspended', 'suspended', 'admin', null, 0, 1`);
  for (const [number, email, body] of [[9001, 'chris@acme.test', 'canary-of-chris'], [9002, 'nikos@olive.test', 'canary-of-nikos']] as const) {
    await sql(`insert into tickets (id, number, requester_id, account_id, subject, messages_count, last_message_at, created_at, updated_at) select ?, ?, id, account_id, 'Zanzibar ' || ?, 1, 0, 0, 0 from users where email = ?`, [`tkt_${number}`, number, body, email]);
    await sql(`insert into ticket_messages (id, ticket_id, number, author_id, body, created_at) select ?, ?, 1, id, 'Zanzibar ' || ?, 0 from users where email = ?`, [`msg_${number}`, `tkt_${number}`, body, email]);
    await sql(`insert into ticket_messages (id, ticket_id, number, author_id, visibility, body, created_at) select ?, ?, 2, id, 'internal', 'Zanzibar canary-of-a-note', 0 from users where email = 'agnes@stoa.test'`, [`note_${number}`, `tkt_${number}`]);
  }

  await sql("insert into bulk_runs (id, actor_id, action, back, state, total, seen, created_at, done_at) select 'blk_matrix', id, '{\"addTags\":[],\"removeTags\":[]}', '/agent', 'done', 1, 1, ?, ? from users where email = 'agnes@stoa.test'", [now, now]);
  await sql("insert into author_notes (id, post_id, author_id, words, created_at) select 'nte_matrix', p.id, (select id from users where email = 'nikos@olive.test'), 'A word.', 0 from posts p join topics t on t.id = p.topic_id where t.number = 1 and p.number = 1");
  await sql("insert into assignments (topic_id, user_id, assigned_at) select t.id, u.id, 0 from topics t, users u where t.number = 1 and u.email = 'agnes@stoa.test'");
  await sql("insert into guest_waits (key_hash, kind, ref_id, address, locale, created_at) values (?, 'incident', 'inc_demo_outlook', 'guest@example.org', 'en', ?)", [hashOfWait('matrix'), now]);
  await sql("insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at, verdict) select 'att_matrix', id, 'late.txt', 'text/plain', 1, '', 'msg_9002', 0, 0, 'failed' from users where email = 'nikos@olive.test'");
  await sql("update accounts set plan = 'canary-of-a-plan' where id = (select account_id from users where email = 'chris@acme.test')");
  await sql("update account_health set override_reason = 'canary-of-health' where account_id = (select account_id from users where email = 'chris@acme.test')");

  const session = async (email: string, more = '') => {
    const secret = hashOf(`${email} ${more}`).slice(0, 40);
    await sql(`insert into sessions (id, user_id, expires_at, created_at, proved_at, seen_at, viewing_as, viewing_until) select ?, id, ?, ?, ?, ?, ${more || 'null, null'} from users where email = ?`, [hashOf(secret), now + 29 * 86_400_000, now, now, now, email]);
    return { cookie: `stoa_session=${secret}` };
  };
  const token = async (scope: string, expiresAt = now + 1e9) => {
    const secret = `stoa_${hashOf(scope + expiresAt).slice(0, 32)}`;
    await sql(`insert into tokens (id, hash, user_id, name, scope, created_at, expires_at) select ?, ?, id, 'matrix', ?, 0, ? from users where email = 'chris@acme.test'`, [`tok_${hashOf(secret).slice(0, 8)}`, hashOf(secret), scope, expiresAt]);
    return { authorization: `Bearer ${secret}` };
  };
  // Trusted enough to change what they wrote in the year of the demo.
  await sql(`insert into trust (user_id, level, is_locked) select id, 3, 1 from users where email = 'chris@acme.test'`);
  const keys: Record<Principal, Record<string, string>> = {
    visitor: {}, customer: await session('chris@acme.test'), colleague: await session('col@acme.test'), 'account admin': await session('dora@acme.test'), 'other account': await session('nikos@olive.test'), moderator: await session('mara@stoa.test'),
    'light agent': await session('light@stoa.test'), agent: await session('agnes@stoa.test'), CSM: await session('cleo@stoa.test'), admin: await session('ada@stoa.test'), suspended: await session('susp@stoa.test'),
    'borrowed eyes': await session('cleo@stoa.test', `(select id from users where email = 'chris@acme.test'), ${now + 1_800_000}`),
    'read token': await token('read'), 'write token': await token('write'), 'forum token': await token('forum:read'), 'expired token': await token('write', now - 1),
  };
  const giveTokens = () => sql(`insert or ignore into tokens (id, hash, user_id, name, scope, created_at) select 'tok_' || i, 'hash ' || i, id, 'spare', 'read', 0 from users, (select 'chris' i union all select 'spare') where email = 'chris@acme.test'`);
  await giveTokens();
  const handles = Object.fromEntries((await sql('select email, handle from users')).map((row) => [String(row['email']).split('@')[0], String(row['handle'])]));
  const places: Record<string, string> = {
    soon: new Date(now + 20 * 86_400_000).toISOString().slice(0, 10),
    person: String((await sql("select id from users where email = 'nikos@olive.test'"))[0]!['id']), acme: String((await sql("select id from accounts where name like 'Acme%'"))[0]!['id']),
    saying: String((await sql("select id from feedback where source = 'idea' order by said_at limit 1"))[0]!['id']),
    ...Object.fromEntries((await sql("select case p.number when 1 then 'first' else 'post' end as name, p.id from posts p join topics t on t.id = p.topic_id where t.number = 1 and p.number <= 2 union all select 'reported', p.id from posts p join topics t on t.id = p.topic_id where t.number = 2 and p.number = 2")).map(({ name, id }) => [String(name), String(id)])),
  };
  const filled = (text: string) => text.replace(/<(\w+)>/g, (_, name: string) => places[name] ?? handles[name] ?? name);

  async function ask(who: Principal, { method, address, body }: Entry, prefix = '') {
    const json = prefix !== '';
    const sent = body && filled(JSON.stringify(body).replaceAll('<me>', who.replace(' ', '-')));
    const response = await fetch(world.url + prefix + filled(address), {
      method, redirect: 'manual',
      headers: { origin: world.url, ...keys[who], ...(body ? { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' } : {}) },
      ...(sent ? { body: json ? sent : new URLSearchParams(JSON.parse(sent)).toString() } : {}),
    });
    const location = response.headers.get('location') ?? '';
    const { status } = response;
    const verdict = status < 300 ? 'ok' : status < 400 ? (location.startsWith('/sign-in') ? 'in' : 'go') : String(status);
    return { verdict, text: `${JSON.stringify([...response.headers])} ${await response.text()}` };
  }

  /** Table → hash of all its rows, without what only tells that somebody came in. */
  async function fingerprint(): Promise<Record<string, string>> {
    const tables = (await sql("select name from sqlite_master where type = 'table' and name not like '%\\_data' escape '\\' and name not like '%\\_docsize' escape '\\' and name not like '%\\_idx' escape '\\' and name not like '%\\_config' escape '\\' and sql not like 'create virtual%'")).map(({ name }) => String(name)).filter((name) => !LOGS.has(name));
    const prints = tables.map(async (name) => {
      const { rows: found, columns } = await client.execute(`select * from "${name}"`);
      const kept = columns.filter((column) => !TRACES.has(column));
      return [name, `${found.length} rows, ${createHash('sha256').update(JSON.stringify(found.map((row) => kept.map((column) => String(row[column]))))).digest('hex').slice(0, 16)}`] as const;
    });
    return Object.fromEntries(await Promise.all(prints));
  }

  return { ...world, ask, sql, fingerprint, giveTokens };
}

/** Does work on each of many things, eight at a time. */
export async function each<Thing>(things: Thing[], work: (thing: Thing) => Promise<void>): Promise<void> {
  const left = [...things];
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  }));
}
