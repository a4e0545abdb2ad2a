import { and, isNull, lt } from 'drizzle-orm';
import { newId } from '../platform/id.ts';
import { job } from '../platform/job.ts';
import { announced } from '../platform/outbox.ts';
import { system } from '../platform/viewer.ts';
import { looks } from './schema.ts';

/** Looks whose half hour is over, or whose session ended before, are over: with a row in the log like those that were stopped. */
export const endOldLooks = job('looks.end-old', async ({ db, gate, now }) => {
  const old = await db.select({ id: looks.id, customerId: looks.customerId }).from(looks).where(and(isNull(looks.endedAt), lt(looks.until, now))).limit(100);
  if (old.length === 0) return 0;
  const said = old.map(({ customerId }) => announced(db, { viewer: system, now, newId }, { type: 'person.look_ended', subject: customerId, data: { byItself: true } }).toSQL());
  await gate.commit([
    { sql: `update looks set ended_at = until where ended_at is null and id in (${old.map(() => '?').join(', ')})`, args: old.map(({ id }) => id) },
    ...said.map(({ sql, params }) => ({ sql, args: params as string[] })),
  ]);
  return old.length;
});
