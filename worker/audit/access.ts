import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { tokens } from '../people/schema.ts';
import { outbox } from '../platform/schema.ts';
import { can, type Viewer } from '../platform/viewer.ts';

/** The whole log, for those who may see it. */
export const visibleLog = (db: Database, viewer: Viewer) => db.select().from(outbox).where(can(viewer, 'audit.see') ? undefined : sql`false`).as('log');

/** What tokens are called, for those who may see the log. */
export const tokenNames = (db: Database, viewer: Viewer) => db.select({ id: tokens.id, name: tokens.name }).from(tokens).where(can(viewer, 'audit.see') ? undefined : sql`false`).as('token_names');

/** The id of the person with this address or handle, or the text itself, which may be an id. */
export const idSaid = (said: string): SQL => sql`(select coalesce((select id from users where email = ${said.toLowerCase()}), (select id from users where handle = ${said}), ${said}))`;
