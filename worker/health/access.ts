import { getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { either, permitted, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { slim } from '../platform/slim.ts';
import { Weights } from './input.ts';
import { accountHealth, accountHealthDays } from './schema.ts';

/** How accounts do, for who may see accounts. */
export const visibleHealth = (db: Database, viewer: Viewer) =>
  slim(getTableColumns(accountHealth), (columns) => db.select(columns).from(accountHealth).where(can(viewer, 'accounts.see') ? undefined : sql`0`).as('health'));

/** What was computed on each day, for the same people. */
export const visibleDays = (db: Database, viewer: Viewer) =>
  slim(getTableColumns(accountHealthDays), (columns) => db.select(columns).from(accountHealthDays).where(can(viewer, 'accounts.see') ? undefined : sql`0`).as('days'));

/** The weights as they are kept, in SQL; null where nobody said any. */
export const WEIGHTS = `(select value from settings where key = 'health_weights')`;

/** The weights, for who may see accounts; as at first for everybody else. */
export const keptWeights = (db: Database, viewer: Viewer) =>
  db.select({ weights: sql<string>`coalesce(${can(viewer, 'accounts.see') ? sql.raw(WEIGHTS) : sql`null`}, '{}')`.mapWith((json: string) => Weights.parse(JSON.parse(json))).as('weights') }).from(sql`(select 1)`);

/** Who looks after the account. */
const manager = rule<{ csmId: string | null }>('who looks after the account', (viewer, { csmId }) => viewer.id !== null && csmId === viewer.id && can(viewer, 'accounts.see'));

/** Who says how an account does, where the measures are wrong: who looks after it, and admins. */
export const judges = either<{ csmId: string | null }>(manager, permitted('settings.manage'));
