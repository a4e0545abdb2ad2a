import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { posted, takenBack } from '../mail/schema.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { newDevice } from './emails.ts';
import { knownDevices, type users } from './schema.ts';

/** Where somebody signs in from. */
interface Where {
  person: Pick<typeof users.$inferSelect, 'id' | 'email' | 'locale'>;
  /** What their browser calls itself, in words. */
  device?: string | undefined;
  place?: string | undefined;
  /** Public address of the workspace. */
  url: string;
}

/** The statements that remember what somebody signs in with, and tell them by mail when it is new; not of the first one. */
export function deviceNoticed(db: Database, setting: Pick<Setting, 'newId' | 'now'>, { person, device = '', place = '', url }: Where): Writing[] {
  const id = setting.newId('mal');
  const known = sql`(exists (select 1 from known_devices where user_id = ${person.id} and device = ${device}) or not exists (select 1 from known_devices where user_id = ${person.id}))`;
  return [
    posted(db, setting, newDevice({ to: person.email, locale: person.locale, device, place, at: setting.now, url }), id),
    takenBack(db, id, known),
    db.insert(knownDevices).values({ userId: person.id, device, seenAt: setting.now }).onConflictDoUpdate({ target: [knownDevices.userId, knownDevices.device], set: { seenAt: setting.now } }),
  ];
}
