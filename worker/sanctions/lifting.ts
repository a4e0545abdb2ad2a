import { and, eq, type SQL, sql } from 'drizzle-orm';
import { statementsOfReasons } from '../moderation/schema.ts';
import { users } from '../people/schema.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { changing } from '../platform/statement.ts';
import { type SanctionKind, sanctions } from './schema.ts';

interface Lifted {
  id: string;
  userId: string;
  kind: SanctionKind;
}

const given = (id: string, what: string, set: SQL, table: string, where: SQL) =>
  changing(sql`update ${sql.raw(table)} set ${set} from sanctions s, json_each(s.took, ${`$.${what}`}) e where s.id = ${id} and ${where}`);

/** The statements that give back what a sanction took from view and decided, exactly as it was. */
const givenBack = (id: string): Writing[] => [
  given(id, 'posts', sql`hidden_at = null`, 'posts', sql`posts.id = e.value`),
  given(id, 'topics', sql`hidden_at = null`, 'topics', sql`topics.id = e.value`),
  given(id, 'ideas', sql`hidden_at = null`, 'ideas', sql`ideas.id = e.value`),
  given(id, 'reviews', sql`status = 'open', decided_by = e.value ->> 'by', decided_at = e.value ->> 'at'`, 'reviews', sql`reviews.post_id = e.value ->> 'id'`),
  given(id, 'flags', sql`outcome = null`, 'flags', sql`flags.post_id = e.value ->> 0 and flags.author_id = e.value ->> 1`),
  given(id, 'newcomers', sql`status = 'open', decided_by = null, decided_at = null`, 'newcomers', sql`newcomers.user_id = e.value`),
  changing(sql`insert into votes (on_id, author_id, value, created_at, to_id) select e.value ->> 'on', s.user_id, e.value ->> 'value', e.value ->> 'at', e.value ->> 'to' from sanctions s, json_each(s.took, '$.votes') e where s.id = ${id} on conflict do nothing`),
  changing(sql`delete from blocks where sanction_id = ${id}`),
];

/** How somebody stands again once a sanction of theirs is over. */
const standing = ({ db }: Setting, { id, userId, kind }: Lifted): Writing[] => {
  if (kind === 'silence') return [db.update(users).set({ silencedUntil: null }).where(eq(users.id, userId))];
  if (kind === 'suspension') return [db.update(users).set({ suspendedAt: null, suspendedUntil: null }).where(eq(users.id, userId))];
  if (kind === 'deletion') return [changing(sql`update users set (suspended_at, suspended_until) = (select took ->> 'suspendedAt', took ->> 'suspendedUntil' from sanctions where id = ${id}) where id = ${userId}`)];
  return [];
};

/** The statements that end a sanction before its time, and all that followed from it. Its statement of reasons counts no longer. */
export function lifted(setting: Setting, sanction: Lifted, words: string): Writing[] {
  const { db, viewer, now } = setting;
  return [
    ...standing(setting, sanction),
    ...givenBack(sanction.id),
    db.update(sanctions).set({ liftedAt: now, liftedBy: viewer.id, liftWords: words, took: null }).where(eq(sanctions.id, sanction.id)),
    db.update(statementsOfReasons).set({ withdrawnAt: now }).where(and(eq(statementsOfReasons.sanctionId, sanction.id), sql`withdrawn_at is null`)),
  ];
}
