import { sql } from 'drizzle-orm';
import type { Setting, Writing } from '../platform/operation.ts';
import { changing } from '../platform/statement.ts';
import { FOREVER, sanctions } from '../sanctions/schema.ts';
import { loggedIf, statedIf } from './stating.ts';
import { NEW, NEW_COUNTED } from './weight.ts';

/** People whose reports of advertising silence a new account; or this part of the weight that hides a post, when two agree or one works here. */
const PEOPLE = 3;
const PART = 0.6;

interface Flagged {
  id: string;
  authorId: string;
  categoryId: string;
}

/** What is reported as advertising of all they wrote, and not decided; of new accounts some count. */
const reported = (author: string) => {
  const of = (isNew: 0 | 1) => sql`select f.author_id as who, max(f.weight) as weight from posts p join flags f on f.post_id = p.id where p.author_id = ${author} and f.kind = 'spam' and f.outcome is null and f.is_new = ${isNew} group by f.author_id`;
  return sql`(select count(distinct who) as people, coalesce(sum(weight), 0) as weight from (${of(0)} union all select * from (${of(1)} order by 2 desc limit ${NEW_COUNTED})))`;
};

/**
 * The statements that silence a new account of which several say that it advertises, take all it wrote from view, and tell it why; by the rule, so that
 * the review of the post that was reported decides about it too. `limit` is the weight that hides a post; where nothing hides one, nothing silences.
 */
export function silencedForSpam(setting: Setting, post: Flagged, atWork: boolean, limit: number): Writing[] {
  if (!Number.isFinite(limit)) return [];
  const { db, now, newId } = setting;
  const { authorId } = post;
  const id = newId('san');
  const isNew = sql`exists (select 1 from users where id = ${authorId} and role = 'customer' and role_id is null and created_at > ${now.getTime() - NEW} and coalesce(silenced_until, 0) <= ${now.getTime()})`;
  const isEnough = sql`exists (select 1 from ${reported(authorId)} where people >= ${PEOPLE} or (weight >= ${limit * PART} and people >= ${atWork ? 1 : 2}))`;
  const took = sql`(select json_object('posts', json_group_array(id)) from posts where author_id = ${authorId} and (hidden_at is null or hidden_at = ${now.getTime()}))`;
  const isSilenced = sql`exists (select 1 from sanctions where id = ${id})`;
  return [
    db.insert(sanctions).select(sql`select ${id}, ${authorId}, 'silence', 'spam', '', '', null, null, ${took}, ${now.getTime()}, null, null, '' where ${isNew} and ${isEnough}`),
    changing(sql`update users set silenced_until = ${FOREVER.getTime()} where id = ${authorId} and ${isSilenced}`),
    changing(sql`update posts set hidden_at = ${now.getTime()} where author_id = ${authorId} and hidden_at is null and ${isSilenced}`),
    statedIf(setting, { userId: authorId, action: 'silenced', sanctionId: id, mail: 'due' }, { kinds: sql`'["spam"]'`, holds: isSilenced }),
    loggedIf(setting, { action: 'silenced', categoryId: post.categoryId }, { rule: sql`'spam'`, holds: isSilenced }),
  ];
}
