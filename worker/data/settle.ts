import type { Client } from '@libsql/client';
import { marks } from './sql.ts';

const CHUNK = 200;

/** Gives posts that came in their place among the others of their topic, by time, and tells topic, search and timeline of them. Can be cut off and run again. */
export async function settlePosts(client: Client, progress: (done: number) => void): Promise<void> {
  for (let done = 0; ; ) {
    const { rows } = await client.execute(`select distinct topic_id from posts where number < 0 limit ${CHUNK}`);
    if (rows.length === 0) return;
    const ids = rows.map((row) => row['topic_id'] as string);
    const within = `in ${marks(ids)}`;
    await client.batch(
      [
        {
          sql: `with placed as (
              select id, topic_id, row_number() over (partition by topic_id order by created_at, -number) + (select coalesce(max(number), 0) from posts q where q.topic_id = posts.topic_id and q.number > 0) as place
              from posts where number < 0 and topic_id ${within})
            update posts set number = placed.place from placed where posts.id = placed.id`,
          args: ids,
        },
        {
          sql: `update search_documents set url = (
              select '/forum/topics/' || t.number || '/' || t.slug || case when p.number > 20 then '?page=' || ((p.number + 19) / 20) else '' end || '#post-' || p.number
              from posts p join topics t on t.id = p.topic_id where p.id = ref_id)
            where type = 'post' and ref_id in (select id from posts where topic_id ${within} and number > 1)`,
          args: ids,
        },
        {
          sql: `update topics set posts_count = (select max(number) from posts where topic_id = topics.id),
              (last_post_at, last_author_id) = (select created_at, author_id from posts where topic_id = topics.id order by number desc limit 1)
            where id ${within}`,
          args: ids,
        },
        { sql: `update topic_tags set last_post_at = (select last_post_at from topics where id = topic_id) where topic_id ${within}`, args: ids },
        {
          sql: `insert or ignore into feedback (id, source, source_id, number, place, title, person_id, account_id, text, locale, said_at)
            select 'fbk_' || p.id, 'post', p.id, t.number, p.number, t.title, u.id, u.account_id, p.body, coalesce(d.locale, u.locale), p.created_at
            from posts p join topics t on t.id = p.topic_id join users u on u.id = p.author_id left join search_documents d on d.type = 'post' and d.ref_id = p.id
            where p.topic_id ${within} and p.number > 1 and u.role = 'customer'`,
          args: ids,
        },
      ],
      'write',
    );
    progress((done += ids.length));
  }
}

/** The same for the messages of tickets. */
export async function settleMessages(client: Client, progress: (done: number) => void): Promise<void> {
  for (let done = 0; ; ) {
    const { rows } = await client.execute(`select distinct ticket_id from ticket_messages where number < 0 limit ${CHUNK}`);
    if (rows.length === 0) return;
    const ids = rows.map((row) => row['ticket_id'] as string);
    const within = `in ${marks(ids)}`;
    await client.batch(
      [
        {
          sql: `with placed as (
              select id, row_number() over (partition by ticket_id order by created_at, -number) + (select coalesce(max(number), 0) from ticket_messages q where q.ticket_id = ticket_messages.ticket_id and q.number > 0) as place
              from ticket_messages where number < 0 and ticket_id ${within})
            update ticket_messages set number = placed.place from placed where ticket_messages.id = placed.id`,
          args: ids,
        },
        {
          sql: `update tickets set messages_count = (select max(number) from ticket_messages m where m.ticket_id = tickets.id),
              last_message_at = (select max(created_at) from ticket_messages m where m.ticket_id = tickets.id),
              updated_at = max(updated_at, (select max(created_at) from ticket_messages m where m.ticket_id = tickets.id)),
              waiting_since = case when status in ('solved', 'closed') then null else (
                select min(m.created_at) from ticket_messages m join users u on u.id = m.author_id
                where m.ticket_id = tickets.id and m.visibility = 'public' and u.role in ('customer', 'moderator') and m.number > coalesce(
                  (select max(s.number) from ticket_messages s join users a on a.id = s.author_id where s.ticket_id = tickets.id and s.visibility = 'public' and a.role in ('agent', 'csm', 'admin')), 0)) end
            where id ${within}`,
          args: ids,
        },
        {
          sql: `insert or ignore into feedback (id, source, source_id, number, place, title, person_id, account_id, text, locale, said_at)
            select 'fbk_' || m.id, case when m.number = 1 then 'ticket' else 'message' end, case when m.number = 1 then t.id else m.id end, t.number, m.number, t.subject, u.id, u.account_id, m.body, u.locale, m.created_at
            from ticket_messages m join tickets t on t.id = m.ticket_id join users u on u.id = m.author_id
            where m.ticket_id ${within} and m.visibility = 'public' and u.role = 'customer'`,
          args: ids,
        },
      ],
      'write',
    );
    progress((done += ids.length));
  }
}

/** What accounts are told at the end: who looks after them and when their people last spoke; and categories, of their parents. */
export async function settleAccounts(client: Client): Promise<void> {
  await client.execute(`update accounts set last_word_at = (select max(said_at) from feedback where account_id = accounts.id) where exists (select 1 from feedback where account_id = accounts.id)`);
}
