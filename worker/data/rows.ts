import type { InStatement } from '@libsql/client';
import { uuidv7 } from 'uuidv7';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { type Findable, indexColumns } from '../search/schema.ts';
import type { LineOf, LineType } from './line.ts';
import { insertAll, marks } from './sql.ts';

/** The file's ids → ours, for what a batch refers to. */
export interface Known {
  account: Map<string, string>;
  user: Map<string, { id: string; role: string; accountId: string | null }>;
  category: Map<string, string>;
  topic: Map<string, { id: string; title: string }>;
  ticket: Map<string, { id: string }>;
  idea: Map<string, string>;
  post: Map<string, string>;
}

export const newId = (prefix: string) => `${prefix}_${uuidv7().replaceAll('-', '')}`;

type Writer<Type extends LineType> = (lines: { line: LineOf<Type>; number: number }[], known: Known) => InStatement[];

const at = (moment: Date) => moment.getTime();
const excerpt = (text: string) => text.slice(0, 20_000);

function findable(documents: Omit<Findable, 'url' | 'updatedAt'>[], urls: string[], times: Date[]): InStatement[] {
  if (documents.length === 0) return [];
  const rows = documents.map((d, i) => ({ type: d.type, ref_id: d.refId, locale: d.locale, title: d.title, url: urls[i]!, text: excerpt(d.text), updated_at: at(times[i]!) }));
  const statements = insertAll('search_documents', rows);
  for (let i = 0; i < documents.length; i += 100) {
    const part = documents.slice(i, i + 100).map((d) => ({ refId: d.refId, ...indexColumns(d) }));
    const { type } = documents[i]!;
    const from = (columns: string, marked: string) => `select d.id, ${columns} from (values ${part.map(() => marked).join(', ')}) v join search_documents d on d.type = ? and d.ref_id = v.column1`;
    statements.push({ sql: `insert into search_index (rowid, body) ${from('v.column2', '(?, ?)')}`, args: [...part.flatMap(({ refId, body }) => [refId, body]), type] });
    if (type !== 'post') statements.push({ sql: `insert into search_titles (rowid, title, tags) ${from('v.column2, v.column3', '(?, ?, ?)')}`, args: [...part.flatMap(({ refId, title, tags }) => [refId, title, tags]), type] });
  }
  return statements;
}

/** How a batch of lines of each type is written. Every reference is known; nothing of it is there yet. */
export const writers: { [Type in LineType]: Writer<Type> } = {
  account: (lines) =>
    insertAll('accounts', lines.map(({ line }) => ({
      id: newId('acc'), name: line.name, domains: JSON.stringify(line.domains), arr: Math.round(line.arr), currency: line.currency, plan: line.plan ?? null, renews_on: line.renewsOn ?? null, created_at: Date.now(), import_id: line.id,
    }))),

  user: (lines, known) =>
    insertAll(
      'users',
      lines.map(({ line }) => ({
        id: newId('usr'), email: line.email.toLowerCase(), name: line.name, handle: `${slugOf(line.name)}-${shortHash(line.id)}`, role: line.role, account_id: line.account ? known.account.get(line.account)! : null,
        account_role: line.accountRole, locale: line.locale, created_at: at(line.createdAt), import_id: line.id,
      })),
      'on conflict (email) do update set import_id = coalesce(import_id, excluded.import_id)',
    ),

  category: (lines) =>
    insertAll('categories', lines.map(({ line, number }) => ({ id: newId('cat'), slug: line.slug, name: line.name, description: line.description, position: number, import_id: line.id })), 'on conflict (slug) do update set import_id = coalesce(import_id, excluded.import_id)'),

  topic: (lines, known) => {
    const made = lines.map(({ line }) => ({ line, id: newId('top'), slug: slugOf(line.title), author: known.user.get(line.author)!, locale: languageOf(`${line.title} ${line.body}`) }));
    return [
      ...made.map(({ line, id, slug, author }) => ({
        sql: `insert into topics (id, number, slug, title, kind, category_id, author_id, tags, posts_count, last_post_at, last_author_id, created_at, import_id) values (?, (select coalesce(max(number), 0) + 1 from topics), ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
        args: [id, slug, line.title, line.kind, known.category.get(line.category)!, author.id, JSON.stringify(line.tags), at(line.createdAt), author.id, at(line.createdAt), line.id],
      })),
      ...insertAll('posts', made.map(({ line, id, author }) => ({ id: newId('pst'), topic_id: id, number: 1, author_id: author.id, body: line.body, created_at: at(line.createdAt) }))),
      ...insertAll('topic_tags', made.flatMap(({ line, id }) => [...new Set(line.tags)].map((tag) => ({ tag, last_post_at: at(line.createdAt), topic_id: id })))),
      ...findable(made.map(({ line, id, locale }) => ({ type: 'topic' as const, refId: id, locale, title: line.title, tags: line.tags, text: line.body })), made.map(() => ''), made.map(({ line }) => line.createdAt)),
      {
        sql: `update search_documents set url = (select '/forum/topics/' || number || '/' || slug from topics where id = ref_id) where type = 'topic' and url = ''`,
        args: [],
      },
      {
        sql: `insert or ignore into feedback (id, source, source_id, number, place, title, person_id, account_id, text, locale, said_at)
          select 'fbk_' || t.id, 'topic', t.id, t.number, 1, t.title, u.id, u.account_id, d.text, d.locale, t.created_at from topics t join users u on u.id = t.author_id join search_documents d on d.type = 'topic' and d.ref_id = t.id
          where u.role = 'customer' and t.id in ${marks(made)}`,
        args: made.map(({ id }) => id),
      },
    ];
  },

  post: (lines, known) => {
    const made = lines.map(({ line, number }) => ({ line, number, id: newId('pst'), topic: known.topic.get(line.topic)! }));
    return [
      ...insertAll('posts', made.map(({ line, number, id, topic }) => ({ id, topic_id: topic.id, number: -number, author_id: known.user.get(line.author)!.id, body: line.body, created_at: at(line.createdAt), import_id: line.id }))),
      ...findable(
        made.map(({ line, id, topic }) => ({ type: 'post' as const, refId: id, locale: languageOf(line.body), title: topic.title, tags: [], text: line.body })),
        made.map(() => ''),
        made.map(({ line }) => line.createdAt),
      ),
      ...made.filter(({ line }) => line.accepted).map(({ id, topic }) => ({ sql: 'update topics set accepted_post_id = ? where id = ?', args: [id, topic.id] })),
    ];
  },

  article: (lines) => {
    const made = lines.map(({ line }) => ({ line, id: newId('art') }));
    return [
      ...insertAll(
        'articles',
        made.map(({ line, id }) => ({ id, category: line.category, slug: line.slug, locale: line.locale, title: line.title, summary: summaryOf(line.body), body: line.body, source: 'import', position: 1000, updated_at: at(line.updatedAt), import_id: line.id })),
      ),
      ...findable(
        made.map(({ line, id }) => ({ type: 'article' as const, refId: id, locale: line.locale, title: line.title, tags: [line.category], text: line.body })),
        made.map(({ line }) => `/kb/${line.category}/${line.slug}`),
        made.map(({ line }) => line.updatedAt),
      ),
      ...insertAll('kb_categories', [...new Map(made.map(({ line }) => [`${line.category} ${line.locale}`, line])).values()].map((line) => ({ slug: line.category, locale: line.locale, title: nameOf(line.category), position: 1000 })), 'on conflict do nothing'),
    ];
  },

  ticket: (lines, known) =>
    lines.map(({ line }) => {
      const requester = known.user.get(line.requester)!;
      const assignee = line.assignee ? (known.user.get(line.assignee)?.id ?? null) : null;
      const solved = line.solvedAt ? at(line.solvedAt) : null;
      return {
        sql: `insert into tickets (id, number, requester_id, account_id, subject, status, priority, assignee_id, tags, last_message_at, solved_at, created_at, updated_at, import_id) values (?, (select coalesce(max(number), 0) + 1 from tickets), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        args: [newId('tkt'), requester.id, requester.accountId, line.subject, line.status, line.priority, assignee, JSON.stringify(line.tags), at(line.createdAt), solved, at(line.createdAt), solved ?? at(line.createdAt), line.id],
      };
    }),

  message: (lines, known) =>
    insertAll('ticket_messages', lines.map(({ line, number }) => ({
      id: newId('msg'), ticket_id: known.ticket.get(line.ticket)!.id, number: -number, author_id: known.user.get(line.author)!.id, visibility: line.visibility, body: line.body, created_at: at(line.createdAt), import_id: line.id,
    }))),

  idea: (lines, known) => {
    const made = lines.map(({ line }) => ({ line, id: newId('ide'), author: known.user.get(line.author)! }));
    return [
      ...made.map(({ line, id, author }) => ({
        sql: 'insert into ideas (id, number, author_id, title, body, status, created_at, import_id) values (?, (select coalesce(max(number), 0) + 1 from ideas), ?, ?, ?, ?, ?, ?)',
        args: [id, author.id, line.title, line.body, line.status, at(line.createdAt), line.id],
      })),
      ...insertAll('feedback', made.filter(({ author }) => author.role === 'customer').map(({ line, id, author }) => ({
        id: `fbk_${id}`, source: 'idea', source_id: id, title: line.title, person_id: author.id, account_id: author.accountId, text: excerpt(line.body), locale: languageOf(line.body), said_at: at(line.createdAt),
      }))),
    ];
  },

  vote: (lines, known) =>
    insertAll('votes', lines.map(({ line }) => ({ on_id: known.idea.get(line.on) ?? known.topic.get(line.on)?.id ?? known.post.get(line.on)!, author_id: known.user.get(line.author)!.id })), 'on conflict do nothing'),

  survey: (lines, known) => {
    const made = lines.map(({ line }) => ({ line, id: newId('sva'), person: known.user.get(line.user)! }));
    return [
      ...insertAll('survey_answers', made.map(({ line, id, person }) => ({ id, kind: line.kind, user_id: person.id, score: line.score, comment: line.comment, created_at: at(line.createdAt), import_id: line.id }))),
      ...insertAll('feedback', made.filter(({ person }) => person.role === 'customer').map(({ line, id, person }) => ({
        id: `fbk_${id}`, source: 'survey', source_id: id, title: line.kind.toUpperCase(), person_id: person.id, account_id: person.accountId, text: line.comment, locale: languageOf(line.comment), score: line.score, said_at: at(line.createdAt),
      }))),
    ];
  },
};

const shortHash = (text: string) => {
  let hash = 5381;
  for (const character of text) hash = (hash * 33 + character.codePointAt(0)!) >>> 0;
  return hash.toString(36);
};

const summaryOf = (body: string) => body.split(/\n{2,}/).find((part) => /^[\p{L}\p{N}]/u.test(part))?.replace(/\s+/g, ' ').slice(0, 200) ?? '';
const nameOf = (slug: string) => slug.replace(/[-_.]+/g, ' ').replace(/^./, (first) => first.toUpperCase());
