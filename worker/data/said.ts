import type { Question } from '../database/batch.ts';
import { given } from './given.ts';
import type { Worded } from './worded.ts';

/** Where each kind of saying is found: columns of `feedback` from source to scale, for the ids of `given`. */
const SAYINGS = {
  topic: "'topic', t.id, t.number, 1, t.title, u.id, u.account_id, p.body, given.locale, null, t.created_at, null from given cross join topics t on t.id = given.id cross join posts p on p.topic_id = t.id and p.number = 1 cross join users u on u.id = t.author_id",
  post: "'post', p.id, t.number, p.number, t.title, u.id, u.account_id, p.body, given.locale, null, p.created_at, null from given cross join posts p on p.id = given.id cross join topics t on t.id = p.topic_id cross join users u on u.id = p.author_id",
  message: `case when m.number = 1 then 'ticket' else 'message' end, case when m.number = 1 then t.id else m.id end, t.number, m.number, t.subject, u.id, u.account_id, m.body, given.locale, null, m.created_at, null
    from given cross join ticket_messages m on m.id = given.id and m.visibility = 'public' cross join tickets t on t.id = m.ticket_id cross join users u on u.id = m.author_id`,
  idea: "'idea', i.id, i.number, null, i.title, u.id, u.account_id, i.body, given.locale, null, i.created_at, null from given cross join ideas i on i.id = given.id cross join users u on u.id = i.author_id",
  survey: "'survey', s.id, null, null, upper(s.kind), u.id, u.account_id, s.comment, given.locale, s.score, s.created_at, case lower(s.kind) when 'csat' then s.scale end from given cross join survey_answers s on s.id = given.id cross join users u on u.id = s.user_id",
};

/** What customers said in a batch that is written, one row a saying; and their accounts, when their people last spoke. */
export function said(kind: keyof typeof SAYINGS, things: (Worded & { id: string })[]): Question[] {
  return [
    ...given(
      things.map(({ id, locale }) => ({ id, locale })),
      `insert or ignore into feedback (id, source, source_id, number, place, title, person_id, account_id, text, locale, score, said_at, scale)
        select 'fbk_' || given.id, ${SAYINGS[kind]} where u.role = 'customer' order by u.account_id, u.id`,
    ),
    ...given(
      things.map(({ id }) => ({ id: `fbk_${id}` })),
      `update accounts set last_word_at = (select max(said_at) from feedback where account_id = accounts.id)
        where id in (select f.account_id from given cross join feedback f on f.id = given.id) and last_word_at is not (select max(said_at) from feedback where account_id = accounts.id)`,
    ),
  ];
}
