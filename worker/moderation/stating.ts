import { type SQL, sql } from 'drizzle-orm';
import type { Setting, Writing } from '../platform/operation.ts';
import { hashOf } from '../platform/signature.ts';
import { DAY } from '../platform/time.ts';
import { statementKey } from './link.ts';
import { type loggedActions, moderationLog, statementsOfReasons } from './schema.ts';

/** Half a year, in milliseconds: how long a decision may be appealed (DSA, article 20). */
const APPEALS = 183 * DAY;

type Statement = typeof statementsOfReasons.$inferInsert & { link: string };
type Stated = Pick<Statement, 'userId' | 'action' | 'kinds' | 'postId' | 'topicId' | 'sanctionId' | 'words' | 'mail'> & { isAutomatic?: boolean };

/** What every statement of reasons says beside what it is about. */
function statement({ viewer, now, newId, secret }: Setting, { isAutomatic = false, ...about }: Stated): Statement {
  const id = newId('sor');
  return { ...about, id, isAutomatic, byId: isAutomatic ? null : viewer.id, link: hashOf(statementKey(secret, id)), createdAt: now, appealUntil: new Date(now.getTime() + APPEALS) };
}

/** The statement that tells somebody why: part of the commit that does it. */
export const stated = (setting: Setting, about: Stated): Writing => setting.db.insert(statementsOfReasons).values(statement(setting, about));

interface Logged {
  action: (typeof loggedActions)[number];
  rule?: string | null | undefined;
  isAutomatic?: boolean;
  categoryId?: string | null;
}

/** The line of the public log: what was done by which rule, and to nobody. */
export const logged = ({ db, now, newId }: Pick<Setting, 'db' | 'now' | 'newId'>, { action, rule = null, isAutomatic = false, categoryId = null }: Logged): Writing =>
  db.insert(moderationLog).values({ id: newId('mlg'), action, rule, isAutomatic, categoryId, createdAt: now });

/** The same, by a rule, where a condition holds inside the commit; on grounds that are known there. */
export function statedIf(setting: Setting, about: Omit<Stated, 'kinds'>, { kinds, holds }: { kinds: SQL; holds: SQL }): Writing {
  const { id, userId, action, postId = null, topicId = null, sanctionId = null, words = '', link, mail = 'done', createdAt, appealUntil } = statement(setting, { ...about, kinds: [], isAutomatic: true });
  return setting.db.insert(statementsOfReasons).select(sql`select ${id}, ${userId}, ${action}, ${postId}, ${topicId}, ${sanctionId}, ${kinds}, ${words}, 1, null, ${link}, ${mail}, ${createdAt.getTime()}, ${appealUntil.getTime()}, null where ${holds}`);
}

export const loggedIf = ({ db, now, newId }: Pick<Setting, 'db' | 'now' | 'newId'>, { action, categoryId = null }: Pick<Logged, 'action' | 'categoryId'>, { rule, holds }: { rule: SQL; holds: SQL }): Writing =>
  db.insert(moderationLog).select(sql`select ${newId('mlg')}, ${action}, ${rule}, 1, ${categoryId}, ${now.getTime()} where ${holds}`);
