import { type SQL, sql } from 'drizzle-orm';
import { logged, stated } from '../moderation/stating.ts';
import { type Change, operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { changing } from '../platform/statement.ts';
import { hasPowers } from './access.ts';
import { hostsIn } from './hosts.ts';
import { maySanction } from './imposing.ts';
import { SpammerDeletion } from './input.ts';
import { spammerToDelete } from './queries.ts';
import { blocks, sanctions } from './schema.ts';

/** Whoever has more accepted answers, or more posts, is no spammer. */
export const MOST = { accepted: 1, posts: 300 };

interface Spammer {
  id: string;
  email: string | null;
  networks: string[];
  bodies: string[];
}

const list = (what: SQL, from: SQL) => sql`(select json_group_array(${what}) from ${from})`;

/** What will be given back if it was wrong, counted inside the commit. */
const took = (id: string) => {
  const theirs = sql`(select id from posts where author_id = ${id})`;
  return sql`json_object(
    'posts', json(${list(sql`id`, sql`posts where author_id = ${id} and hidden_at is null`)}), 'topics', json(${list(sql`id`, sql`topics where author_id = ${id} and hidden_at is null`)}), 'ideas', json(${list(sql`id`, sql`ideas where author_id = ${id} and hidden_at is null`)}),
    'reviews', json(${list(sql`json_object('id', post_id, 'by', decided_by, 'at', decided_at)`, sql`reviews where status = 'open' and post_id in ${theirs}`)}),
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
    changing(sql`update reviews set status = 'agree', decided_by = ${viewer.id}, decided_at = ${at} where status = 'open' and post_id in ${theirs}`),
    changing(sql`update flags set outcome = 'agree' where outcome is null and post_id in ${theirs}`),
    changing(sql`update users set suspended_at = ${at}, suspended_until = null where id = ${id}`),
  ];
};

const blocked = ({ db, now }: Setting, sanctionId: string, { id, email, networks, bodies }: Spammer): Writing[] => {
  const values = [...(email ? [['email', email] as const] : []), ...networks.map((network) => ['network', network.toLowerCase()] as const), ...hostsIn(bodies, '').map((host) => ['link', host] as const)];
  return values.map(([kind, value]) => db.insert(blocks).values({ kind, value, sanctionId, userId: id, createdAt: now }).onConflictDoNothing());
};

/**
 * Takes everything that a spammer wrote from view and shuts them out: their sessions open nothing from the next request on. Their address, networks and
 * links are noted, so that they do not come again. For seven days it can be undone, and everything is as it was.
 */
export const deleteSpammer = operation({
  name: 'sanctions.delete-spammer',
  input: SpammerDeletion,
  subject: ({ person }) => spammerToDelete(person),
  may: freshly(permitted('people.suspend')),
  decide(setting, { posts }, person): Change<{ sanction: string; handle: string }> {
    maySanction(setting.viewer, person);
    if (hasPowers(person)) throw new Refusal('conflict', 'Who works or moderates here is no spammer.');
    if (person.accepted > MOST.accepted || person.posts > MOST.posts) throw new Refusal('conflict', 'This person gave accepted answers or wrote much: they are no spammer. Suspend them instead.');
    if (person.deletion) throw new Refusal('conflict', 'This was done already.');
    if (person.posts > posts) throw new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');
    const id = setting.newId('san');
    return {
      statements: [...takes(setting, id, person.id), ...blocked(setting, id, person), stated(setting, { userId: person.id, action: 'suspended', kinds: ['spam'], sanctionId: id, mail: 'due' }), logged(setting, { action: 'deleted', rule: 'spam' })],
      events: [{ type: 'person.deleted_as_spammer', subject: person.id, revision: person.revision + 1, data: { sanction: id, posts: person.posts, topics: person.topics, ideas: person.ideas } }],
      result: { sanction: id, handle: person.handle },
    };
  },
});
