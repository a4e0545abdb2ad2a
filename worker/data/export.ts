import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { ANSWERS, answersTold } from './answers.ts';
import { copyOut, FILES, filesTold, folderOf } from './attached.ts';
import { QUESTIONS, questionsTold } from './forms.ts';
import { type Client, createClient, type InValue } from '@libsql/client/web';

type Row = Record<string, InValue>;

const PAGE = 1_000;
const iso = (value: InValue) => (value === null ? undefined : new Date(Number(value)).toISOString());
const list = (value: InValue) => JSON.parse(value as string) as string[];
const some = <Value>(values: Value[]) => (values.length > 0 ? values : undefined);
const orNone = (value: InValue) => value ?? undefined;

interface Part {
  /** A select whose rows come, page by page, in the order of its columns `k1`, `k2`…, which together are unique. */
  sql: string;
  keys?: number;
  line: (row: Row) => object;
}

const ID = (table: string) => `coalesce(${table}.import_id, ${table}.id)`;
const ref = (table: string, id: string) => `(select coalesce(other.import_id, other.id) from ${table} other where other.id = ${id})`;

/** Every type, in an order in which each refers only to earlier ones, each in an order that an import keeps. */
const PARTS: Part[] = [
  { sql: `select rowid k1, *, ${ID('ticket_statuses')} x from ticket_statuses`, line: (r) => ({ type: 'status', id: r['x'], category: r['category'], agentEn: r['agent_en'], agentEl: r['agent_el'] || undefined, customerEn: r['customer_en'], customerEl: r['customer_el'] || undefined, position: r['position'] || undefined, active: r['is_active'] ? undefined : false }) },
  { sql: `select rowid k1, *, ${ID('ticket_fields')} x from ticket_fields`, line: (r) => ({ type: 'field', id: r['x'], key: r['key'], kind: r['kind'], labelEn: r['label_en'], labelEl: r['label_el'] || undefined, hintEn: r['hint_en'] || undefined, hintEl: r['hint_el'] || undefined, pattern: r['pattern'] || undefined, choices: some(list(r['choices']!)) }) },
  { sql: `select rowid k1, *, ${ID('ticket_forms')} x, ${QUESTIONS} from ticket_forms`, line: (r) => ({ type: 'form', id: r['x'], nameEn: r['name_en'], nameEl: r['name_el'] || undefined, descriptionEn: r['description_en'] || undefined, descriptionEl: r['description_el'] || undefined, position: r['position'] || undefined, active: r['is_active'] ? undefined : false, default: r['is_default'] ? true : undefined, questions: some(questionsTold(r['questions'] as string)) }) },
  { sql: `select rowid k1, *, ${ID('accounts')} x, ${ref('users', 'csm_id')} csm from accounts`, line: (r) => ({ type: 'account', id: r['x'], name: r['name'], domains: some(list(r['domains']!)), arr: r['arr'], currency: r['currency'], renewsOn: orNone(r['renews_on']!), plan: orNone(r['plan']!), csm: orNone(r['csm']!) }) },
  { sql: `select rowid k1, *, ${ID('users')} x, ${ref('accounts', 'account_id')} account from users`, line: (r) => ({ type: 'user', id: r['x'], email: r['email'], name: r['name'], role: r['role'], account: orNone(r['account']!), accountRole: r['account_role'] === 'admin' ? 'admin' : undefined, locale: r['locale'], createdAt: iso(r['created_at']!) }) },
  { sql: `select rowid k1, *, ${ID('categories')} x, ${ref('categories', 'categories.parent_id')} parent from categories`, line: (r) => ({ type: 'category', id: r['x'], slug: r['slug'], name: r['name'], description: r['description'] || undefined, parent: orNone(r['parent']!) }) },
  { sql: `select topics.number k1, topics.*, ${ID('topics')} x, ${ref('categories', 'category_id')} category, ${ref('users', 'topics.author_id')} author, posts.body body, ${FILES('post_id', 'case when posts.removed is null then posts.id end')} from topics join posts on posts.topic_id = topics.id and posts.number = 1`, line: (r) => ({ type: 'topic', id: r['x'], category: r['category'], author: r['author'], title: r['title'], body: r['body'], tags: some(list(r['tags']!)), kind: r['kind'], createdAt: iso(r['created_at']!), files: filesTold(r['files']) }) },
  { keys: 3, sql: `select topics.number k1, posts.created_at k2, posts.number k3, posts.*, ${ID('posts')} x, ${ID('topics')} topic, ${ref('users', 'posts.author_id')} author, accepted_at is not null accepted, ${FILES('post_id', 'case when posts.removed is null then posts.id end')} from topics cross join posts on posts.topic_id = topics.id and posts.number > 1`, line: (r) => ({ type: 'post', id: r['x'], topic: r['topic'], author: r['author'], body: r['body'], createdAt: iso(r['created_at']!), accepted: r['accepted'] ? true : undefined, files: filesTold(r['files']) }) },
  { sql: `select rowid k1, *, ${ID('articles')} x from articles where source = 'import'`, line: (r) => ({ type: 'article', id: r['x'], category: r['category'], slug: r['slug'], locale: r['locale'], title: r['title'], body: r['body'], audience: r['audience'] === 'team' ? 'team' : undefined, updatedAt: iso(r['updated_at']!) }) },
  { sql: `select number k1, *, ${ID('tickets')} x, ${ref('users', 'requester_id')} requester, ${ref('users', 'assignee_id')} assignee, ${ref('ticket_statuses', 'tickets.status_id')} own, ${ANSWERS} from tickets where shown_in is null`, line: (r) => ({ type: 'ticket', id: r['x'], requester: r['requester'], subject: r['subject'], status: r['status'], priority: r['priority'], tags: some(list(r['tags']!)), assignee: orNone(r['assignee']!), createdAt: iso(r['created_at']!), solvedAt: iso(r['solved_at']!), ownStatus: orNone(r['own']!), form: orNone(r['form']!), fields: answersTold(r['fields'] as string) }) },
  { keys: 3, sql: `select tickets.number k1, m.created_at k2, m.number k3, m.*, ${ID('m')} x, ${ID('tickets')} ticket, ${ref('users', 'm.author_id')} author, ${FILES('message_id', 'm.id')} from tickets cross join ticket_messages m on m.ticket_id = coalesce(tickets.merged_into, tickets.id) and coalesce(m.audience_id, m.ticket_id) = tickets.id`, line: (r) => ({ type: 'message', id: r['x'], ticket: r['ticket'], author: r['author'], body: r['body'], visibility: r['visibility'], createdAt: iso(r['created_at']!), files: filesTold(r['files']) }) },
  { sql: `select number k1, *, ${ID('ideas')} x, ${ref('users', 'author_id')} author from ideas`, line: (r) => ({ type: 'idea', id: r['x'], author: r['author'], title: r['title'], body: r['body'], status: r['status'], createdAt: iso(r['created_at']!) }) },
  { sql: `select rowid k1, *, ${ID('survey_answers')} x, ${ref('users', 'user_id')} user from survey_answers`, line: (r) => ({ type: 'survey', id: r['x'], kind: r['kind'], user: r['user'], score: r['score'], scale: r['scale'] === 2 ? 2 : undefined, comment: r['comment'] || undefined, createdAt: iso(r['created_at']!) }) },
];

const votesOf = (order: string, table: string, from: string): Part => ({
  keys: 4,
  sql: `select ${order}, ${ID('users')} k4, ${ID(table)} x from ${from} cross join votes on votes.on_id = ${table}.id and votes.value > 0 cross join users on users.id = votes.author_id`,
  line: (r) => ({ type: 'vote', on: r['x'], author: r['k4'] }),
});

PARTS.push(
  votesOf('ideas.number k1, 0 k2, 0 k3', 'ideas', 'ideas'),
  votesOf('topics.number k1, 0 k2, 0 k3', 'topics', 'topics'),
  votesOf('topics.number k1, posts.created_at k2, posts.number k3', 'posts', 'topics cross join posts on posts.topic_id = topics.id'),
);

export interface ExportWishes {
  url: string;
  authToken?: string;
  /** The folder of files of the workspace, where it is on this machine: then their bytes are copied beside the file. */
  files?: string;
  /** Names of files whose bytes are not there. */
  missing?: (names: string[]) => void;
  progress?: (lines: number) => void;
}

/** Writes the whole workspace in the import format. The same content gives the same bytes. Returns how many lines. */
export async function exportFile(file: string, wishes: ExportWishes): Promise<number> {
  // Packing costs more than it saves between neighbours.
  const unpacked: typeof fetch = (request) => {
    (request as Request).headers.set('accept-encoding', 'identity');
    return fetch(request);
  };
  const client = createClient({ url: wishes.url, fetch: unpacked, ...(wishes.authToken ? { authToken: wishes.authToken } : {}) });
  const out = createWriteStream(file);
  await once(out, 'open');
  let lines = 0;
  const write = async (values: object[]) => {
    lines += values.length;
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    if (text && !out.write(text)) await once(out, 'drain');
    wishes.progress?.(lines);
  };
  const copied = (list: InValue) => (wishes.files === undefined ? Promise.resolve(filesTold(list)?.map(({ name }) => name) ?? []) : copyOut(list, wishes.files, folderOf(file)));
  try {
    for (const part of PARTS) {
      for await (const rows of pages(client, part)) {
        for (const { files } of rows) if (files !== undefined && files !== '[]') wishes.missing?.(await copied(files));
        await write(rows.map(part.line));
      }
    }
    out.end();
    await once(out, 'finish');
    return lines;
  } finally {
    client.close();
  }
}

/** Pages as long as an answer of libSQL may be: 10 MB. */
async function* pages(client: Client, { sql, keys = 1 }: Part): AsyncGenerator<Row[]> {
  const names = Array.from({ length: keys }, (_, i) => `k${i + 1}`);
  const tuple = names.join(', ');
  let last: InValue[] = names.map((name) => (name === 'k4' ? '' : Number.MIN_SAFE_INTEGER));
  for (let limit = PAGE; ; ) {
    const query = `select * from (${sql}) where k1 >= ?1 and (${tuple}) > (${names.map((_, i) => `?${i + 1}`).join(', ')}) order by ${tuple} limit ${limit}`;
    const answer = await client.execute({ sql: query, args: last }).catch((error: Error) => {
      if (limit > 1 && /too large/i.test(error.message)) return undefined;
      throw error;
    });
    if (!answer) {
      limit = Math.ceil(limit / 10);
      continue;
    }
    const rows = answer.rows as unknown as Row[];
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
    last = names.map((name) => rows.at(-1)![name]!);
    limit = PAGE;
  }
}
