import { getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { tokens } from '../people/schema.ts';
import { outbox } from '../platform/schema.ts';
import type { Viewer } from '../platform/viewer.ts';
import { slim } from '../platform/slim.ts';
import { atDesk } from '../tickets/access.ts';

/** For the desk: what the log tells of things. */
export const log = (db: Database, viewer: Viewer) => slim(getTableColumns(outbox), (columns) => db.select(columns).from(outbox).where(atDesk(viewer)).as('log'));

/** For the desk: what the tokens are called that something was done with. */
export const keys = (db: Database, viewer: Viewer) => db.select({ id: tokens.id, name: tokens.name }).from(tokens).where(atDesk(viewer)).as('keys');
