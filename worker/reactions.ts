import { asc, isNull } from 'drizzle-orm';
import { rememberLastWord } from './accounts/reactions.ts';
import type { Database } from './database/open.ts';
import type { Gate } from './platform/gate.ts';
import type { Happened, Reaction } from './platform/reaction.ts';
import { outbox } from './platform/schema.ts';

/** What follows from what. Each event reaches each reaction at least once. */
export const reactions: Record<string, Reaction[]> = {
  'topic.opened': [rememberLastWord],
  'post.written': [rememberLastWord],
  'ticket.opened': [rememberLastWord],
  'ticket.replied': [rememberLastWord],
};

const BATCH = 100;

/** Milliseconds after which a delivery counts as over: of one whose worker was cancelled, the end is never heard. */
const LEASE = 15_000;

let deliveringSince = 0;

/** Delivers what is pending, oldest first: what follows and the mark commit together. Returns how many events. */
export async function deliver(db: Database, gate: Gate): Promise<number> {
  const pending = await db.select().from(outbox).where(isNull(outbox.deliveredAt)).orderBy(asc(outbox.createdAt)).limit(BATCH);
  if (pending.length === 0) return 0;
  const follows = pending.flatMap((event) => (reactions[event.type] ?? []).flatMap((react) => react(event as Happened)));
  const mark = { sql: `update outbox set delivered_at = ? where id in (${pending.map(() => '?').join(', ')})`, args: [Date.now(), ...pending.map(({ id }) => id)] };
  await gate.commit([...follows, mark]);
  return pending.length;
}

/** After a commit: delivers soon, one delivery at a time in this worker. What comes meanwhile is for the clock, at the latest. */
export async function deliverSoon(db: Database, gate: Gate): Promise<void> {
  if (Date.now() - deliveringSince < LEASE) return;
  deliveringSince = Date.now();
  try {
    await deliver(db, gate);
  } finally {
    deliveringSince = 0;
  }
}
