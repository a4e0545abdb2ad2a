import { createHash } from 'node:crypto';
import type { Question } from '../database/batch.ts';
import { cut } from '../platform/cut.ts';
import { newId } from '../platform/id.ts';
import { slugOf } from '../platform/slug.ts';
import { type Brought, filesAttached } from './attached.ts';
import { type Answered, answersWritten } from './answers.ts';
import { fieldsWritten, formsWritten, statusesWritten } from './forms.ts';
import { findable, given, insertAll } from './given.ts';
import { said } from './said.ts';
import type { LineOf, LineType } from './line.ts';
import type { Worded } from './worded.ts';

/** A line that goes in: `id` is what we call it, `first` and `second` our ids of what it refers to, in the order of `REFERENCES`. */
export interface Row<Type extends LineType = LineType> {
  number: number;
  line: LineOf<Type>;
  id: string;
  first: string | null;
  second: string | null;
  /** Of what people say or look for. */
  words?: Worded | undefined;
  /** Of a ticket. */
  answered?: Answered | undefined;
  /** Of a topic, post or message: those that are stored. */
  files?: Brought[];
}

export const PREFIXES: Record<LineType, string> = { status: 'sts', field: 'fld', form: 'frm', account: 'acc', category: 'cat', user: 'usr', topic: 'top', article: 'art', ticket: 'tkt', idea: 'ide', post: 'pst', message: 'msg', survey: 'sva', vote: 'vot' };

type Writer<Type extends LineType> = (rows: Row<Type>[]) => Question[];

/** How a batch of lines of each type is written: each row once, with its final number, and with all that counts it. */
export const writers: { [Type in LineType]: Writer<Type> } = {
  status: statusesWritten,
  field: fieldsWritten,
  form: formsWritten,

  account: (rows) =>
    insertAll('accounts', rows.map(({ line, id }) => ({
      id, name: line.name, domains: JSON.stringify(line.domains), arr: Math.round(line.arr), currency: line.currency, plan: line.plan ?? null, renews_on: line.renewsOn ?? null, created_at: Date.now(), import_id: line.id,
    }))),

  user: (rows) =>
    insertAll(
      'users',
      rows.map(({ line, id, first }) => ({
        id, email: line.email.toLowerCase(), name: line.name, handle: `${slugOf(line.name)}-${shortHash(line.id)}`, role: line.role, account_id: first,
        account_role: line.accountRole, locale: line.locale, created_at: line.createdAt, import_id: line.id,
      })),
      'on conflict (email) do update set import_id = coalesce(import_id, excluded.import_id)',
    ),

  category: (rows) =>
    insertAll('categories', rows.map(({ line, id, number }) => ({ id, slug: line.slug, name: line.name, description: line.description, position: number, import_id: line.id })), 'on conflict (slug) do update set import_id = coalesce(import_id, excluded.import_id)'),

  topic: (rows) => {
    const firsts = rows.map((row) => ({ ...row, post: newId('pst') }));
    return [
      ...given(
        rows.map(({ line, id, first, second }) => ({ id, slug: slugOf(line.title), title: line.title, kind: line.kind, category: first, author: second, tags: JSON.stringify(line.tags), at: line.createdAt, line: line.id })),
        `insert into topics (id, number, slug, title, kind, category_id, author_id, tags, posts_count, last_post_at, last_author_id, created_at, import_id)
          select id, (select coalesce(max(number), 0) from topics) + 1 + place, slug, title, kind, category, author, tags, 1, at, author, at, line from given order by place`,
      ),
      ...insertAll('posts', firsts.map(({ line, id, second, post }) => ({ id: post, topic_id: id, number: 1, author_id: second, body: line.body, created_at: line.createdAt }))),
      ...findable('topic', worded(rows)),
      ...said('topic', worded(rows)),
      ...filesAttached('post_id', firsts.map(({ post, second, line, files }) => ({ id: post, owner: second, at: line.createdAt, files }))),
    ];
  },

  post: (rows) => {
    const touched = [...new Set(rows.map(({ first }) => first))].map((topic) => ({ topic }));
    const accepted = rows.filter(({ line }) => line.accepted).map(({ id }) => ({ id }));
    return [
      ...given(
        rows.map(({ line, id, first, second }) => ({ id, topic: first, author: second, body: line.body, at: line.createdAt, line: line.id })),
        `insert into posts (id, topic_id, number, author_id, body, created_at, import_id)
          select id, topic, (select coalesce(max(number), 0) from posts where topic_id = topic) + row_number() over (partition by topic order by place), author, body, at, line from given order by place`,
      ),
      ...given(touched, `update topics set posts_count = (select max(number) from posts where topic_id = topics.id), (last_post_at, last_author_id) = (select created_at, author_id from posts where topic_id = topics.id order by number desc limit 1)
        where id in (select topic from given)`),
      ...given(touched, 'update topic_tags set last_post_at = (select last_post_at from topics where id = topic_id) where topic_id in (select topic from given)'),
      ...given(accepted, 'update posts set accepted_at = created_at where id in (select id from given)'),
      ...findable('post', worded(rows)),
      ...said('post', worded(rows)),
      ...filesAttached('post_id', rows.map(({ id, second, line, files }) => ({ id, owner: second, at: line.createdAt, files }))),
    ];
  },

  article: (rows) => [
    ...insertAll('articles', rows.map(({ line, id }) => ({
      id, category: line.category, slug: line.slug, locale: line.locale, title: line.title, summary: summaryOf(line.body), body: line.body, audience: line.audience, source: 'import', position: 1000, updated_at: line.updatedAt, import_id: line.id,
    }))),
    ...findable('article', worded(rows)),
    ...insertAll('kb_categories', [...new Map(rows.map(({ line }) => [`${line.category} ${line.locale}`, { slug: line.category, locale: line.locale, title: nameOf(line.category), position: 1000 }])).values()], 'on conflict do nothing'),
  ],

  ticket: (rows) => [
    ...given(
      rows.map(({ line, id, first, second }) => ({
        id, requester: first, subject: line.subject, status: line.status, priority: line.priority, assignee: second, tags: JSON.stringify(line.tags), solved: line.solvedAt ?? null, own: line.ownStatus ?? null, at: line.createdAt, line: line.id,
      })),
      `insert into tickets (id, number, requester_id, account_id, subject, status, priority, status_id, assignee_id, tags, last_message_at, solved_at, created_at, updated_at, import_id)
        select id, (select last from ticket_numbers where id = 1) + 1 + place, requester, (select account_id from users where users.id = requester), subject, status, priority, (select s.id from ticket_statuses s where s.category = given.status and (s.import_id = given.own or (s.id = given.own and s.import_id is null))), assignee, tags, at, solved, at, coalesce(solved, at), line from given order by place`,
    ),
    ...answersWritten(rows),
  ],

  message: (rows) => [
    ...given(
      rows.map(({ line, id, first, second }) => ({ id, ticket: first, author: second, visibility: line.visibility, body: line.body, at: line.createdAt, line: line.id })),
      `insert into ticket_messages (id, ticket_id, number, author_id, visibility, body, created_at, import_id)
        select id, ticket, (select coalesce(max(number), 0) from ticket_messages where ticket_id = ticket) + row_number() over (partition by ticket order by place), author, visibility, body, at, line from given order by place`,
    ),
    ...given(
      [...new Set(rows.map(({ first }) => first))].map((ticket) => ({ ticket })),
      `update tickets set messages_count = (select max(number) from ticket_messages m where m.ticket_id = tickets.id),
        last_message_at = (select max(created_at) from ticket_messages m where m.ticket_id = tickets.id),
        updated_at = max(updated_at, (select max(created_at) from ticket_messages m where m.ticket_id = tickets.id)),
        waiting_since = case when status in ('solved', 'closed') then null else (
          select min(m.created_at) from ticket_messages m join users u on u.id = m.author_id
          where m.ticket_id = tickets.id and m.visibility = 'public' and u.role in ('customer', 'moderator') and m.number > coalesce(
            (select max(s.number) from ticket_messages s join users a on a.id = s.author_id where s.ticket_id = tickets.id and s.visibility = 'public' and a.role in ('agent', 'csm', 'admin')), 0)) end
        where id in (select ticket from given)`,
    ),
    ...said('message', worded(rows)),
    ...filesAttached('message_id', rows.map(({ id, second, line, files }) => ({ id, owner: second, at: line.createdAt, files }))),
  ],

  idea: (rows) => [
    ...given(
      rows.map(({ line, id, first }) => ({ id, author: first, title: line.title, body: line.body, status: line.status, at: line.createdAt, line: line.id })),
      'insert into ideas (id, number, author_id, title, body, status, created_at, import_id) select id, (select coalesce(max(number), 0) from ideas) + 1 + place, author, title, body, status, at, line from given order by place',
    ),
    ...said('idea', worded(rows)),
  ],

  vote: (rows) => insertAll('votes', rows.map(({ first, second }) => ({ on_id: first, author_id: second })), 'on conflict do nothing'),

  survey: (rows) => [
    ...insertAll('survey_answers', rows.map(({ line, id, first }) => ({ id, kind: line.kind, user_id: first, score: line.score, scale: line.scale ?? 5, comment: line.comment, created_at: line.createdAt, import_id: line.id }))),
    ...said('survey', worded(rows)),
  ],
};

const worded = (rows: Pick<Row, 'id' | 'words'>[]) => rows.map(({ id, words }) => ({ id, ...words! }));
const shortHash = (text: string) => BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 10)}`).toString(36);
const summaryOf = (body: string) => cut(body.split(/\n{2,}/).find((part) => /^[\p{L}\p{N}]/u.test(part))?.replace(/\s+/g, ' ') ?? '', 200);
const nameOf = (slug: string) => slug.replace(/[-_.]+/g, ' ').replace(/^./, (first) => first.toUpperCase());
