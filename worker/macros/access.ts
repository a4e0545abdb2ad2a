import { and, eq, getTableColumns, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { attachedTo } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import { either, permitted, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { macros } from './schema.ts';
import { slim } from '../platform/slim.ts';

export { emptyIn, filledIn, firstName, placeholders, type Texts, textFor, unknownIn, type Values } from './placeholders.ts';

/** The columns of a macro, and its files. */
const columnsOf = () => ({ ...getTableColumns(macros), attachments: attachedTo('macro_id', 'macros.id') });

/** The groups that somebody is in. */
const groupsOf = (viewer: Viewer) => sql`(select group_id from group_members where user_id = ${viewer.id ?? ''})`;

const everyones = and(isNull(macros.ownerId), isNull(macros.groupId));
const own = (viewer: Viewer): SQL => eq(macros.ownerId, viewer.id ?? '');
const ofGroups = (viewer: Viewer): SQL => sql`${macros.groupId} in ${groupsOf(viewer)}`;

/** Who works on tickets sees their own macros, those of their groups, and everyone's. */
export const visibleMacros = (db: Database, viewer: Viewer) =>
  slim(
    columnsOf(),
    (columns) => db.select(columns).from(macros).where(can(viewer, 'tickets.note') ? or(everyones, own(viewer), ofGroups(viewer)) : sql`false`).as('macros'),
  );

/** The shares of them, their own and everyone's in the order of an index. */
export const macrosOf = (db: Database, viewer: Viewer, whose: 'own' | 'groups' | 'all') =>
  slim(
    columnsOf(),
    (columns) =>
      db
        .select(columns)
        .from(macros)
        .where(and(can(viewer, 'tickets.note') ? undefined : sql`false`, { own: own(viewer), groups: ofGroups(viewer), all: everyones }[whose]))
        .as(`macros_${whose}`),
  );

/** Whose a macro is, and whose it will be. */
export interface Owned {
  ownerId: string | null;
  /** Whether it is of a group that the viewer is in. */
  isOfGroup: boolean;
}

const keeper = rule<Owned | undefined>('people with the permission tickets.note, of their own and of their groups', (viewer, macro) => can(viewer, 'tickets.note') && ((macro?.ownerId ?? null) === viewer.id || macro?.isOfGroup === true));

/** Whether the viewer is in a group. */
export const isInGroup = (viewer: Viewer, groupId: SQLWrapper) => sql<boolean>`coalesce(${groupId} in ${groupsOf(viewer)}, 0)`.mapWith(Boolean);

/** Everybody who works on tickets keeps their own and their groups’; what is everyone's, who was given that. */
export const keepers = either<Owned | undefined>(keeper, permitted('macros.manage'));
