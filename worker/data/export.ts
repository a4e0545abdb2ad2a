import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { type Client, createClient, type InValue, type ResultSet } from '@libsql/client/web';

type Row = Record<string, InValue>;

const PAGE = 1_000;
const iso = (value: InValue) => (value === null ? undefined : new Date(Number(value)).toISOString());
const list = (value: InValue) => JSON.parse(value as string) as string[];
const some = (values: string[]) => (values.length > 0 ? values : undefined);
const orNone = (value: InValue) => value ?? undefined;

interface Part {
  /** Asked with the last key and a limit; rows come in the order of `k`. */
  sql: string;
  line: (row: Row) => object;
}

const ID = (table: string) => `coalesce(${table}.import_id, ${table}.id)`;
const ref = (table: string, id: string) => `(select coalesce(other.import_id, other.id) from ${table} other where other.id = ${id})`;

/** Every type, in an order in which each refers only to earlier ones, each in an order that an import keeps. */
const PARTS: Part[] = [
  { sql: `select rowid k, *, ${ID('accounts')} x, ${ref('users', 'csm_id')} csm from accounts`, line: (r) => ({ type: 'account', id: r['x'], name: r['name'], domains: some(list(r['domains']!)), arr: r['arr'], currency: r['currency'], renewsOn: orNone(r['renews_on']!), plan: orNone(r['plan']!), csm: orNone(r['csm']!) }) },
  { sql: `select rowid k, *, ${ID('users')} x, ${ref('accounts', 'account_id')} account from users`, line: (r) => ({ type: 'user', id: r['x'], email: r['email'], name: r['name'], role: r['role'], account: orNone(r['account']!), accountRole: r['account_role'] === 'admin' ? 'admin' : undefined, locale: r['locale'], createdAt: iso(r['created_at']!) }) },
  { sql: `select rowid k, *, ${ID('categories')} x, ${ref('categories', 'categories.parent_id')} parent from categories`, line: (r) => ({ type: 'category', id: r['x'], slug: r['slug'], name: r['name'], description: r['description'] || undefined, parent: orNone(r['parent']!) }) },
  { sql: `select topics.number k, topics.*, ${ID('topics')} x, ${ref('categories', 'category_id')} category, ${ref('users', 'topics.author_id')} author, posts.body body from topics join posts on posts.topic_id = topics.id and posts.number = 1`, line: (r) => ({ type: 'topic', id: r['x'], category: r['category'], author: r['author'], title: r['title'], body: r['body'], tags: some(list(r['tags']!)), kind: r['kind'], createdAt: iso(r['created_at']!) }) },
  { sql: `select posts.rowid k, posts.*, ${ID('posts')} x, ${ref('topics', 'topic_id')} topic, ${ref('users', 'author_id')} author, exists (select 1 from topics where accepted_post_id = posts.id and topics.id = posts.topic_id) accepted from posts where number > 1`, line: (r) => ({ type: 'post', id: r['x'], topic: r['topic'], author: r['author'], body: r['body'], createdAt: iso(r['created_at']!), accepted: r['accepted'] ? true : undefined }) },
  { sql: `select rowid k, *, ${ID('articles')} x from articles where source = 'import'`, line: (r) => ({ type: 'article', id: r['x'], category: r['category'], slug: r['slug'], locale: r['locale'], title: r['title'], body: r['body'], updatedAt: iso(r['updated_at']!) }) },
  { sql: `select number k, *, ${ID('tickets')} x, ${ref('users', 'requester_id')} requester, ${ref('users', 'assignee_id')} assignee from tickets`, line: (r) => ({ type: 'ticket', id: r['x'], requester: r['requester'], subject: r['subject'], status: r['status'], priority: r['priority'], tags: some(list(r['tags']!)), assignee: orNone(r['assignee']!), createdAt: iso(r['created_at']!), solvedAt: iso(r['solved_at']!) }) },
  { sql: `select rowid k, *, ${ID('ticket_messages')} x, ${ref('tickets', 'ticket_id')} ticket, ${ref('users', 'author_id')} author from ticket_messages`, line: (r) => ({ type: 'message', id: r['x'], ticket: r['ticket'], author: r['author'], body: r['body'], visibility: r['visibility'], createdAt: iso(r['created_at']!) }) },
  { sql: `select number k, *, ${ID('ideas')} x, ${ref('users', 'author_id')} author from ideas`, line: (r) => ({ type: 'idea', id: r['x'], author: r['author'], title: r['title'], body: r['body'], status: r['status'], createdAt: iso(r['created_at']!) }) },
  { sql: `select rowid k, *, ${ID('survey_answers')} x, ${ref('users', 'user_id')} user from survey_answers`, line: (r) => ({ type: 'survey', id: r['x'], kind: r['kind'], user: r['user'], score: r['score'], comment: r['comment'] || undefined, createdAt: iso(r['created_at']!) }) },
];

const VOTES = `select on_id || ' ' || author_id k, coalesce(${ref('ideas', 'on_id')}, ${ref('topics', 'on_id')}, ${ref('posts', 'on_id')}) on_x, ${ref('users', 'author_id')} author from votes`;

export interface ExportWishes {
  url: string;
  authToken?: string;
  progress?: (lines: number) => void;
}

/** Writes the whole workspace in the import format. The same content gives the same bytes. Returns how many lines. */
export async function exportFile(file: string, wishes: ExportWishes): Promise<number> {
  const client = createClient({ url: wishes.url, ...(wishes.authToken ? { authToken: wishes.authToken } : {}) });
  const out = createWriteStream(file);
  let lines = 0;
  const write = async (values: object[]) => {
    lines += values.length;
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    if (text && !out.write(text)) await once(out, 'drain');
    wishes.progress?.(lines);
  };
  try {
    for (const { sql, line } of PARTS) for await (const rows of pages(client, sql, Number.MIN_SAFE_INTEGER)) await write(rows.map(line));
    for await (const rows of pages(client, VOTES, '')) await write(rows.map((r) => ({ type: 'vote', on: r['on_x'], author: r['author'] })));
    out.end();
    await once(out, 'finish');
    return lines;
  } finally {
    client.close();
  }
}

async function* pages(client: Client, sql: string, start: number | string): AsyncGenerator<Row[]> {
  for (let last: InValue = start; ; ) {
    const { rows }: ResultSet = await client.execute({ sql: `select * from (${sql}) where k > ? order by k limit ${PAGE}`, args: [last] });
    if (rows.length > 0) yield rows as unknown as Row[];
    if (rows.length < PAGE) return;
    last = rows.at(-1)!['k']!;
  }
}
