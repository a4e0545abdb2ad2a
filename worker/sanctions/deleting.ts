import { type SQL, sql } from 'drizzle-orm';
import { logged, stated } from '../moderation/stating.ts';
import type { Change, Setting, Writing } from '../platform/operation.ts';
import { changing } from '../platform/statement.ts';
import { hostsIn } from './hosts.ts';
import { blocks, sanctions } from './schema.ts';

/** Whoever has more accepted answers, or more posts, is no spammer. */
const MOST = { accepted: 1, posts: 300 };

interface Spammer {
  id: string;
  handle: string;
  email: string | null;
  networks: string[];
  bodies: string[];
  posts: number;
  topics: number;
  ideas: number;
  revision: number;
}

/** Whether somebody gave more, or wrote more, than spammers do. */
export const isWriter = ({ accepted, posts }: { accepted: number; posts: number }) => accepted > MOST.accepted || posts > MOST.posts;

const list = (what: SQL, from: SQL) => sql`(select json_group_array(${what}) from ${from})`;

/** What will be given back if it was wrong, counted inside the commit. */
const took = (id: string) => {
  const theirs = sql`(select id from posts where author_id = ${id})`;
  return sql`json_object(
    'posts', json(${list(sql`id`, sql`posts where author_id = ${id} and hidden_at is null`)}), 'topics', json(${list(sql`id`, sql`topics where author_id = ${id} and hidden_at is null`)}), 'ideas', json(${list(sql`id`, sql`ideas where author_id = ${id} and hidden_at is null`)}),
    'reviews', json(${list(sql`json_object('id', post_id, 'by', decided_by, 'at', decided_at)`, sql`reviews where status = 'open' and post_id in ${theirs}`)}),
    'newcomers', json(${list(sql`user_id`, sql`newcomers where status = 'open' and user_id = ${id}`)}),
    'votes', json(${list(sql`json_object('on', on_id, 'value', value, 'at', created_at, 'to', to_id)`, sql`votes where author_id = ${id}`)}),
    'flags', json(${list(sql`json_array(post_id, author_id)`, sql`flags where outcome is null and post_id in ${theirs}`)}),
    'suspendedAt', (select suspended_at from users where id = ${id}), 'suspendedUntil', (select suspended_until from users where id = ${id}))`;
};

const takes = ({ db, viewer, now }: Setting, sanction: string, id: string): Writing[] => {
  const [at, theirs] = [now.getTime(), sql`(select id from posts where author_id = ${id})`];
  return [
    db.insert(sanctions).select(sql`select ${sanction}, ${id}, 'deletion', 'spam', '', '', ${viewer.id}, null, ${took(id)}, ${at}, null, null, ''`),
    changing(sql`update posts set hidden_at = ${at} where author_id = ${id} and hidden_at is null`),
    changing(sql`update topics set hidden_at = ${at} where author_id = ${id} and hidden_at is null`),
    changing(sql`update ideas set hidden_at = ${at} where author_id = ${id} and hidden_at is null`),
    changing(sql`delete from votes where author_id = ${id}`),
    changing(sql`update reviews set status = 'agree', decided_by = ${viewer.id}, decided_at = ${at} where status = 'open' and post_id in ${theirs}`),
    changing(sql`update flags set outcome = 'agree' where outcome is null and post_id in ${theirs}`),
    changing(sql`update newcomers set status = 'rejected', decided_by = ${viewer.id}, decided_at = ${at} where status = 'open' and user_id = ${id}`),
    changing(sql`update users set suspended_at = ${at}, suspended_until = null where id = ${id}`),
  ];
};

const blocked = ({ db, now }: Setting, sanctionId: string, { id, email, networks, bodies }: Spammer): Writing[] => {
  const values = [...(email ? [['email', email] as const] : []), ...networks.map((network) => ['network', network.toLowerCase()] as const), ...hostsIn(bodies, '').map((host) => ['link', host] as const)];
  return values.map(([kind, value]) => db.insert(blocks).values({ kind, value, sanctionId, userId: id, createdAt: now }).onConflictDoNothing());
};

/** What deleting a spammer changes: their sanction, with all that lifting it gives back, their statement of reasons with a letter, and a line of the public log. */
export function deleted(setting: Setting, person: Spammer): Change<{ sanction: string; handle: string }> {
  const { id, posts, topics, ideas, revision, handle } = person;
  const sanction = setting.newId('san');
  return {
    statements: [...takes(setting, sanction, id), ...blocked(setting, sanction, person), stated(setting, { userId: id, action: 'suspended', kinds: ['spam'], sanctionId: sanction, mail: 'due' }), logged(setting, { action: 'deleted', rule: 'spam' })],
    events: [{ type: 'person.deleted_as_spammer', subject: id, revision: revision + 1, data: { sanction, posts, topics, ideas } }],
    result: { sanction, handle },
  };
}
