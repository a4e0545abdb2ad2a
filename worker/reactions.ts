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

/** Delivers what is pending, oldest first, and marks it. Two at once deliver twice, which reactions bear. Returns how many events. */
export async function deliver(db: Database, gate: Gate): Promise<number> {
  const pending = await db.select().from(outbox).where(isNull(outbox.deliveredAt)).orderBy(asc(outbox.createdAt)).limit(BATCH);
  if (pending.length === 0) return 0;
  const done: string[] = [];
  for (const event of pending) {
    try {
      for (const react of reactions[event.type] ?? []) await react(event as Happened, { db, gate });
      done.push(event.id);
    } catch (error) {
      console.error(JSON.stringify({ event: event.id, type: event.type, error: String(error) }));
    }
  }
  if (done.length > 0) {
    await gate.commit([{ sql: `update outbox set delivered_at = ? where id in (${done.map(() => '?').join(', ')})`, args: [Date.now(), ...done] }]);
  }
  return done.length;
}
