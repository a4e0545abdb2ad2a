import { eq, getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { sideMembers, sideMessages, sides } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { atDesk } from '../tickets/access.ts';

/** Side conversations are for who may see every ticket; never for customers, whatever ticket they are beside. */
export const visibleSides = (db: Database, viewer: Viewer) => slim(getTableColumns(sides), (columns) => db.select(columns).from(sides).where(atDesk(viewer)).as('sides'));
export const visibleMembers = (db: Database, viewer: Viewer) => slim(getTableColumns(sideMembers), (columns) => db.select(columns).from(sideMembers).where(atDesk(viewer)).as('members'));
export const visibleSideMessages = (db: Database, viewer: Viewer) => slim(getTableColumns(sideMessages), (columns) => db.select(columns).from(sideMessages).where(atDesk(viewer)).as('side_messages'));

/** Whoever holds a member's link: that member. The hash of its key is the only way here. */
export const memberBy = (db: Database, keyHash: string) => slim(getTableColumns(sideMembers), (columns) => db.select(columns).from(sideMembers).where(eq(sideMembers.keyHash, keyHash)).as('member'));

/** The conversation and its words, for joining with the member who holds its link. */
export const sidesOfMember = (db: Database) => slim(getTableColumns(sides), (columns) => db.select(columns).from(sides).as('sides'));
export const messagesOfMember = (db: Database) => slim(getTableColumns(sideMessages), (columns) => db.select(columns).from(sideMessages).as('side_messages'));
export const names = (db: Database) => db.select({ id: sideMembers.id, name: sideMembers.name }).from(sideMembers).as('names');
