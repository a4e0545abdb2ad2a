import { and, eq, getTableColumns, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { either, permitted, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { macros } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Who works on tickets sees their own macros and everyone's. */
export const visibleMacros = (db: Database, viewer: Viewer) =>
  slim(
    getTableColumns(macros),
    (columns) => db.select(columns).from(macros).where(can(viewer, 'tickets.note') ? or(isNull(macros.ownerId), eq(macros.ownerId, viewer.id ?? '')) : sql`false`).as('macros'),
  );

/** The two shares of them, each in the order of its index. */
export const macrosOf = (db: Database, viewer: Viewer, whose: 'own' | 'all') =>
  slim(
    getTableColumns(macros),
    (columns) =>
      db
        .select(columns)
        .from(macros)
        .where(and(can(viewer, 'tickets.note') ? undefined : sql`false`, whose === 'all' ? isNull(macros.ownerId) : eq(macros.ownerId, viewer.id ?? '')))
        .as(`macros_${whose}`),
  );

/** Whose a macro is, and whose it will be. */
export interface Owned {
  ownerId: string | null;
}

const keeper = rule<Owned | undefined>('people with the permission tickets.note, of their own', (viewer, macro) => can(viewer, 'tickets.note') && (macro?.ownerId ?? null) === viewer.id);

/** Everybody who works on tickets keeps their own; what is everyone's, who was given that. */
export const keepers = either<Owned | undefined>(keeper, permitted('macros.manage'));
