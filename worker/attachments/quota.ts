import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { counted, keyOf, type Limit } from '../platform/limits.ts';
import type { Guard, Writing } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { DAY, HOUR } from '../platform/time.ts';
import type { Viewer } from '../platform/viewer.ts';
import { isTrusted } from '../trust/access.ts';
import { spaceOf } from './access.ts';

/** Files within an hour: of guests from one network, and of one person. */
const PACE: Record<'guest' | 'customer', Limit> = { guest: { most: 20, within: HOUR }, customer: { most: 100, within: HOUR } };

const FULL = 'There is no room for this: your files fill your space here.';

/** Lets so many bytes more pass, or refuses the commit: everybody has a space by how well we know them. A guest has none to fill, only a pace. */
export function roomFor(viewer: Viewer, bytes: number, now: Date): Guard | undefined {
  if (viewer.id === null) return undefined;
  const used = sql`(select file_bytes from users where id = ${viewer.id})`;
  return { holds: sql`${used} + ${bytes} <= ${spaceOf(viewer, now.getTime() - DAY)}`, otherwise: invalid({ attachments: FULL }) };
}

/** The statements that count files; over the limit the commit fails as `too_many`. */
export function pacedFiles(db: Database, viewer: Viewer, files: number, network: string, now: Date): Writing[] {
  if (isTrusted(viewer)) return [];
  const [key, limit] = viewer.id === null ? ([keyOf('files from', network), PACE.guest] as const) : ([keyOf('files of', viewer.id), PACE.customer] as const);
  return Array.from({ length: files }, () => counted(db, key, limit, now));
}
