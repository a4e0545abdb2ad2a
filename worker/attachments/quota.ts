import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { counted, keyOf, type Limit } from '../platform/limits.ts';
import type { Guard, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';

const [HOUR, DAY, MB] = [3_600_000, 86_400_000, 1_000_000];

/** Bytes that the files of one person may have together: on their first day here, as a customer, and as one who works or moderates here. */
const SPACE = { newcomer: 50 * MB, customer: 1_000 * MB, team: 20_000 * MB };
/** Files within an hour: of guests from one network, and of one person. */
const PACE: Record<'guest' | 'customer', Limit> = { guest: { most: 20, within: HOUR }, customer: { most: 100, within: HOUR } };

const FULL = 'There is no room for this: your files fill your space here.';

const isOfTeam = (viewer: Viewer) => isStaff(viewer) || can(viewer, 'forum.moderate');

/** Lets so many bytes more pass, or refuses the commit: everybody has a space by how well we know them. A guest has none to fill, only a pace. */
export function roomFor(viewer: Viewer, bytes: number, now: Date): Guard | undefined {
  if (viewer.id === null) return undefined;
  const isOld = sql`exists (select 1 from users where id = ${viewer.id} and created_at <= ${now.getTime() - DAY})`;
  const space = isOfTeam(viewer) ? sql`${SPACE.team}` : sql`case when ${isOld} then ${SPACE.customer} else ${SPACE.newcomer} end`;
  return { holds: sql`(select coalesce(sum(size), 0) from attachments where owner_id = ${viewer.id} and bytes_of is null) + ${bytes} <= ${space}`, otherwise: new Refusal('invalid', 'Check the fields marked below.', { attachments: FULL }) };
}

/** The statements that count files; over the limit the commit fails as `too_many`. */
export function pacedFiles(db: Database, viewer: Viewer, files: number, network: string, now: Date): Writing[] {
  if (isOfTeam(viewer)) return [];
  const [key, limit] = viewer.id === null ? ([keyOf('files from', network), PACE.guest] as const) : ([keyOf('files of', viewer.id), PACE.customer] as const);
  return Array.from({ length: files }, () => counted(db, key, limit, now));
}
