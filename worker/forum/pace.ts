import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { counted, keyOf, type Limit } from '../platform/limits.ts';
import type { Guard, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';

const [SECOND, DAY] = [1_000, 86_400_000];

/** What an account may write on its first day. */
const FIRST_DAY = { topic: 3, reply: 10 };
/** Everybody: so many posts within so many milliseconds. */
const PAUSE: Limit = { most: 10, within: 10 * SECOND };
const LINKS = 2;
/** More than anybody writes in a day. */
const ENDLESS = 1_000_000;

const links = (body: string) => body.match(/https?:\/\/|www\.|\]\(/gi)?.length ?? 0;

/**
 * What keeps the pace of a post: statements that count it, over the limit of which the commit fails as `too_many`, and a guard on the links of
 * accounts that are here since less than a day. Staff and moderators write as they need to.
 */
export function paced(db: Database, viewer: Viewer, what: 'topic' | 'reply', body: string, now: Date): { guard?: Guard; statements: Writing[] } {
  if (isStaff(viewer) || can(viewer, 'forum.moderate')) return { statements: [] };
  const isOld = sql`exists (select 1 from users where id = ${viewer.id} and created_at <= ${now.getTime() - DAY})`;
  const most = sql`case when ${isOld} then ${ENDLESS} else ${FIRST_DAY[what]} end` as unknown as number;
  const tooMany = new Refusal('invalid', 'Check the fields marked below.', { body: 'You are new here: on the first day at most two links in a post.' });
  return {
    ...(links(body) > LINKS ? { guard: { holds: isOld, otherwise: tooMany } } : {}),
    statements: [counted(db, keyOf('post', viewer.id!), PAUSE, now), counted(db, keyOf(`${what} of the first day`, viewer.id!), { most, within: DAY }, now)],
  };
}
