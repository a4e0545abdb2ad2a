import { sql } from 'drizzle-orm';
import type { Setting, Writing } from '../platform/operation.ts';
import { changing } from '../platform/statement.ts';
import { loggedIf, statedIf } from './stating.ts';
import { NEW_COUNTED } from './weight.ts';

/** How many times the weight that hides a post the flags of a topic weigh, and how many people gave them, when it is locked (Discourse, auto_close_topic). */
const SCALE = 2.5;
const PEOPLE = 5;

interface Heated {
  id: string;
  authorId: string;
  categoryId: string;
}

/**
 * The statements that lock a topic whose posts so many people flag that they weigh enough together, and tell who opened it why; by the rule. Flags that are
 * decided, that say illegal, or that locked it before count no more, and of new accounts some do. `limit` is the weight that hides a post.
 */
export function lockedByFlags(setting: Setting, topic: Heated, limit: number): Writing[] {
  if (!Number.isFinite(limit)) return [];
  const { now, newId } = setting;
  const at = now.getTime();
  const before = sql`coalesce((select max(created_at) from statements_of_reasons where topic_id = ${topic.id} and action = 'locked' and is_automatic = 1), 0)`;
  const which = sql`from posts p cross join flags f on f.post_id = p.id where p.topic_id = ${topic.id} and f.outcome is null and f.kind <> 'illegal' and f.created_at > ${before}`;
  const people = (isNew: 0 | 1) => sql`select f.author_id as who, sum(f.weight) as weight ${which} and f.is_new = ${isNew} group by f.author_id`;
  const isHot = sql`exists (select 1 from (select count(*) as people, coalesce(sum(weight), 0) as weight from (select * from (${people(0)}) union all select * from (${people(1)} order by 2 desc limit ${NEW_COUNTED}))) where people >= ${PEOPLE} and weight >= ${limit * SCALE})`;
  const kinds = sql`(select json_group_array(distinct f.kind) ${which})`;
  const mostly = sql`(select f.kind ${which} group by f.kind order by count(*) desc, f.kind limit 1)`;
  const holds = sql`exists (select 1 from topics where id = ${topic.id} and locked_at is null) and ${isHot}`;
  const isLocked = sql`exists (select 1 from topics where id = ${topic.id} and locked_at = ${at}) and exists (select 1 from statements_of_reasons where topic_id = ${topic.id} and action = 'locked' and is_automatic = 1 and created_at = ${at})`;
  return [
    loggedIf(setting, { action: 'locked', categoryId: topic.categoryId }, { rule: mostly, holds }),
    statedIf(setting, { userId: topic.authorId, action: 'locked', topicId: topic.id, mail: 'due' }, { kinds, holds }),
    changing(sql`update topics set locked_at = ${at} where id = ${topic.id} and locked_at is null and exists (select 1 from statements_of_reasons where topic_id = ${topic.id} and action = 'locked' and is_automatic = 1 and created_at = ${at})`),
    changing(sql`insert into outbox (id, type, subject, revision, data, created_at) select ${newId('evt')}, 'topic.locked', ${topic.id}, (select coalesce(max(revision), 0) + 1 from outbox where subject = ${topic.id}), '{"by":"flags"}', ${at} where ${isLocked}`),
  ];
}
