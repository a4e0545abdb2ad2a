import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { groupMembers, groups } from './schema.ts';
import { slim } from '../platform/slim.ts';

const isOfDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') || can(viewer, 'settings.manage') || can(viewer, 'roles.manage') ? undefined : sql`false`);

/** The desk knows its groups, whoever is in them. */
export const visibleGroups = (db: Database, viewer: Viewer) => slim({ id: groups.id, name: groups.name, createdAt: groups.createdAt }, (columns) => db.select(columns).from(groups).where(isOfDesk(viewer)).as('groups'));

/** Who is in which group, for the same people. */
export const visibleMembers = (db: Database, viewer: Viewer) => db.select({ groupId: groupMembers.groupId, userId: groupMembers.userId }).from(groupMembers).where(isOfDesk(viewer)).as('members');

/** Ids of the groups that somebody is in, as SQL. */
export const groupsOf = (userId: string | null) => sql`(select group_id from group_members where user_id = ${userId ?? ''})`;
