import { getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { moderators } from '../forum/access.ts';
import { groupsOf } from '../groups/access.ts';
import { either, rule } from '../platform/rules.ts';
import { slim } from '../platform/slim.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';
import { assignments } from './schema.ts';

/** Whether they may know who looks after what: those who work here or moderate. */
export const knowsAssignments = (viewer: Viewer) => isStaff(viewer) || can(viewer, 'forum.moderate');

const forTeam = (viewer: Viewer) => (knowsAssignments(viewer) ? undefined : sql`0`);

/** Who looks after which topic, for the team and moderators. `isMine`: the viewer does, or a group that they are in. */
export const visibleAssignments = (db: Database, viewer: Viewer) =>
  slim(
    { ...getTableColumns(assignments), isMine: sql<boolean>`(${assignments.userId} is ${viewer.id} or coalesce(${assignments.groupId}, '') in ${groupsOf(viewer.id)})`.mapWith(Boolean).as('is_mine') },
    (columns) => db.select(columns).from(assignments).where(forTeam(viewer)).as('assignments'),
  );

interface Held {
  categoryId: string;
  /** Null where nobody looks after it. */
  isMine?: boolean | null;
}

/** Those who look after it say how far it is; those who moderate there, too. */
export const holders = either<Held>(rule<Held>('whoever it is given to', (viewer, topic) => viewer.id !== null && topic.isMine === true), moderators);
