import type { Writing } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';

interface Move {
  /** Id of this act of moving. */
  id: string;
  from: { id: string; number: number };
  to: { id: string; slug: string; title: string };
  at: Date;
  /** The posts that move; all of them when it is not said. */
  posts?: string[];
}

const URL = `'/forum/topics/' || d.number || '/' || d.slug || '?page=' || ((p.number + 19) / 20) || '#post-' || p.number`;

/** Since when a topic counts as answered, and until when it was to be: as triggers keep it while its posts stay. */
const ANSWERED = `answered_at = (select min(p.created_at) from posts p where p.topic_id = topics.id and p.author_id <> topics.author_id and p.removed is null and p.hidden_at is null),
  answer_due_at = case when kind = 'question' then created_at + 3600000 * (select answer_within from categories where id = category_id) end`;

/** The statements that take a search document away. */
export const unfound = (type: 'topic' | 'post', refId: string): Writing[] => {
  const which = 'select id from search_documents where type = ? and ref_id = ?';
  return ['search_index', 'search_titles'].map((table) => raw(`delete from ${table} where rowid in (${which})`, [type, refId])).concat(raw('delete from search_documents where type = ? and ref_id = ?', [type, refId]));
};

/**
 * The statements that move posts to the end of a topic that is there, in their order, and all that hangs on them: what people were told and how far they
 * read, what search and customers’ words say of where they are, tickets made of them. Old places lead to them for ever.
 */
export function moving({ id, from, to, at, posts }: Move): Writing[] {
  const chosen = posts ? ` and id in (${posts.map(() => '?').join(', ')})` : '';
  const moved = `select post_id from moved_posts where number = ${from.number} and move = ?`;
  const before = `(select count(*) from moved_posts m where m.number = ${from.number} and m.move = ? and m.place <= `;
  const base = '(select posts_count from topics where id = ?)';
  return [
    raw(`insert into moved_posts (number, place, post_id, move) select ?, number, id, ? from posts where topic_id = ?${chosen}`, [from.number, id, from.id, ...(posts ?? [])]),
    raw(`insert into reads (user_id, topic_id, last_read, read_at) select user_id, ?, ${base} + ${before}reads.last_read), read_at from reads where topic_id = ? and (${base} = 0 or exists (select 1 from reads r where r.user_id = reads.user_id and r.topic_id = ? and r.last_read >= ${base})) on conflict do update set last_read = max(last_read, excluded.last_read)`, [to.id, to.id, id, from.id, to.id, to.id, to.id]),
    raw(`update posts set topic_id = ?, number = ${base} + ${before}posts.number) where id in (${moved})`, [to.id, to.id, id, id]),
    raw(`update topics set posts_count = posts_count + (select count(*) from moved_posts where number = ${from.number} and move = ?) where id = ?`, [id, to.id]),
    ...[from.id, to.id].map((topic) => lastWord(topic)),
    raw('update topics set likes = (select coalesce(sum(ups), 0) from posts where topic_id = topics.id) where id in (?, ?)', [from.id, to.id]),
    raw(`update topics set ${ANSWERED} where id in (?, ?)`, [from.id, to.id]),
    raw(`update notifications set topic_id = ?, place = (select number from posts p where p.id = replace(notifications.about, 'accepted ', '')) where topic_id = ? and replace(about, 'accepted ', '') in (${moved})`, [to.id, from.id, id]),
    ...(posts ? [raw(`insert into follows (user_id, target, level, by_hand, created_at) select distinct author_id, ?, 'watching', 0, ? from posts where id in (${moved}) on conflict do nothing`, [to.id, at.getTime(), id])] : []),
    raw(`update feedback set title = ?, number = (select number from topics where id = ?), place = (select number from posts p where p.id = feedback.source_id) where source = 'post' and source_id in (${moved})`, [to.title, to.id, id]),
    raw(`update search_documents set title = ?, url = (select ${URL} from posts p join topics d on d.id = p.topic_id where p.id = search_documents.ref_id) where type = 'post' and ref_id in (${moved})`, [to.title, id]),
    raw(`update handovers set topic_id = ? where topic_id = ? and post_id in (${moved})`, [to.id, from.id, id]),
  ];
}

/** A topic’s newest word is the newest of the posts it has. */
const lastWord = (topic: string) =>
  raw(`update topics set (last_post_at, last_author_id) = (select created_at, author_id from posts where topic_id = ?1 order by number desc limit 1) where id = ?1 and exists (select 1 from posts where topic_id = ?1)`, [topic]);

/** The statement that lets the votes on a question follow it: they are kept under the id of its topic, as long as it is one. */
export const votesFollow = (from: string, to: string): Writing => raw('update or replace votes set on_id = ? where on_id = ?', [to, from]);

/** The statements that leave nothing of a topic whose posts went elsewhere: who follows or looks after it does so with the other, its address and number stay taken. */
export const emptied = (from: string, to: { id: string; title: string }): Writing[] => [
  raw('insert into follows (user_id, target, level, by_hand, created_at) select user_id, ?, level, by_hand, created_at from follows where target = ? on conflict do nothing', [to.id, from]),
  raw('delete from follows where target = ?', [from]),
  raw('delete from reads where topic_id = ?', [from]),
  raw('delete from topic_tags where topic_id = ?', [from]),
  raw(`update feedback set title = ?, number = (select number from topics where id = ?), place = 1 where source = 'topic' and source_id = ?`, [to.title, to.id, from]),
  raw('update whispers set topic_id = ?, place = (select posts_count from topics where id = ?) where topic_id = ?', [to.id, to.id, from]),
  raw('update handovers set topic_id = ? where topic_id = ?', [to.id, from]),
  raw('insert into assignments select ?, user_id, group_id, post_id, status, remind_at, assigned_at from assignments where topic_id = ? on conflict do nothing', [to.id, from]),
  raw('delete from assignments where topic_id = ?', [from]),
  raw('update topics set merged_into = ? where id = ? or merged_into = ?', [to.id, from, from]),
];
