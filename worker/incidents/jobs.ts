import { eq, isNotNull, sql } from 'drizzle-orm';
import { visibleTopics } from '../forum/access.ts';
import { posted } from '../mail/schema.ts';
import { job } from '../platform/job.ts';
import { spoken } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { visitor } from '../platform/viewer.ts';
import { fixedLetter } from './emails.ts';
import { waitKey } from './link.ts';
import { guestWaits, incidents } from './schema.ts';

const MOST = 100;

/** Writes to guests that what they waited for is fixed, and forgets their address in the same commit. Of a topic they are told what visitors see. */
export const writeToGuests = job('incidents.write', async ({ db, gate, now, secret, url }) => {
  const topic = visibleTopics(db, visitor);
  const rows = await db
    .select({ wait: guestWaits, wordsEn: incidents.wordsEn, wordsEl: incidents.wordsEl, title: topic.title, number: topic.number, slug: topic.slug })
    .from(guestWaits)
    .leftJoin(incidents, sql`${incidents.id} = ${guestWaits.refId} and ${guestWaits.kind} = 'incident'`)
    .leftJoin(topic, sql`${topic.id} = ${guestWaits.refId} and ${guestWaits.kind} = 'topic'`)
    .where(isNotNull(guestWaits.dueAt))
    .limit(MOST);
  for (const { wait: { keyHash, kind, refId, address, locale }, wordsEn, wordsEl, title, number, slug } of rows) {
    const key = waitKey(secret, kind, refId, address);
    const letter = fixedLetter({ to: address, locale, url, key }, title ?? ((locale === 'el' && wordsEl) || wordsEn), number === null ? null : `/forum/topics/${number}/${slug}`);
    await gate.commit([spoken(posted(db, { newId: () => `mal_${keyHash.slice(0, 32)}`, now }, letter)), spoken(db.delete(guestWaits).where(eq(guestWaits.keyHash, keyHash)))]);
  }
  return rows.length;
});

/** Addresses that nobody confirmed within a day go, and those that waited for a year, and those of what is told no more. */
export const forgetGuests = job('incidents.forget-guests', async ({ gate, now }) => {
  const [rows] = await gate.commit([
    { sql: `delete from guest_waits where key_hash in (select key_hash from guest_waits where created_at < ?1 and (confirmed_at is null or created_at < ?2) order by created_at limit ${MOST}) returning ref_id`, args: [now.getTime() - DAY, now.getTime() - 365 * DAY] },
  ]);
  return rows!.length;
});
