import type { Client, InStatement } from '@libsql/client';
import type { Line } from './line.ts';
import type { Known } from './rows.ts';
import { marks } from './sql.ts';

type Kind = keyof Known;

/** What a line refers to: kind and the file's id. */
export function references(line: Line): [Kind, string, field: string][] {
  switch (line.type) {
    case 'user':
      return line.account ? [['account', line.account, 'account']] : [];
    case 'topic':
      return [['category', line.category, 'category'], ['user', line.author, 'author']];
    case 'post':
      return [['topic', line.topic, 'topic'], ['user', line.author, 'author']];
    case 'ticket':
      return [['user', line.requester, 'requester'], ...(line.assignee ? [['user', line.assignee, 'assignee'] as [Kind, string, string]] : [])];
    case 'message':
      return [['ticket', line.ticket, 'ticket'], ['user', line.author, 'author']];
    case 'idea':
    case 'vote':
      return [['user', line.author, 'author']];
    case 'survey':
      return [['user', line.user, 'user']];
    default:
      return [];
  }
}

const queries: Record<Kind, string> = {
  account: 'select import_id, id from accounts where import_id in ',
  user: 'select import_id, id, role, account_id from users where import_id in ',
  category: 'select import_id, id from categories where import_id in ',
  topic: 'select import_id, id, title from topics where import_id in ',
  ticket: 'select import_id, id from tickets where import_id in ',
  idea: 'select import_id, id from ideas where import_id in ',
  post: 'select import_id, id from posts where import_id in ',
};

const tables: Record<Exclude<Line['type'], 'vote'>, string> = {
  account: 'accounts', user: 'users', category: 'categories', topic: 'topics', post: 'posts', article: 'articles', ticket: 'tickets', message: 'ticket_messages', idea: 'ideas', survey: 'survey_answers',
};

const some = (values: string[]) => (values.length > 0 ? values : ['']);

/** Everything a batch of lines of one type refers to, and which of its lines are there already: one round trip. */
export async function look(client: Client, lines: Line[]): Promise<{ known: Known; present: Set<string> }> {
  const asked = new Map<Kind, Set<string>>();
  const want = (kind: Kind, id: string) => void (asked.get(kind) ?? asked.set(kind, new Set()).get(kind)!).add(id);
  for (const line of lines) {
    for (const [kind, id] of references(line)) want(kind, id);
    if (line.type === 'vote') for (const kind of ['idea', 'topic', 'post'] as const) want(kind, line.on);
  }
  const kinds = [...asked.keys()];
  const statements: InStatement[] = kinds.map((kind) => ({ sql: queries[kind] + marks([...asked.get(kind)!]), args: [...asked.get(kind)!] }));
  const type = lines[0]!.type;
  const ids = some(type === 'vote' ? [] : lines.map((line) => (line as { id: string }).id));
  if (type !== 'vote') statements.push({ sql: `select import_id from ${tables[type]} where import_id in ${marks(ids)}`, args: ids });
  const results = statements.length > 0 ? await client.batch(statements, 'read') : [];
  const known: Known = { account: new Map(), user: new Map(), category: new Map(), topic: new Map(), ticket: new Map(), idea: new Map(), post: new Map() };
  kinds.forEach((kind, i) => {
    for (const row of results[i]!.rows) known[kind].set(row['import_id'] as string, knownOf(kind, row as Record<string, unknown>) as never);
  });
  const present = new Set(type === 'vote' ? [] : results.at(-1)!.rows.map((row) => row['import_id'] as string));
  return { known, present };
}

function knownOf(kind: Kind, row: Record<string, unknown>) {
  if (kind === 'user') return { id: row['id'], role: row['role'], accountId: row['account_id'] };
  if (kind === 'topic') return { id: row['id'], title: row['title'] };
  if (kind === 'ticket') return { id: row['id'] };
  return row['id'];
}
