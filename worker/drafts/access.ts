import { eq, getTableColumns, sql } from 'drizzle-orm';
import { heldByDraft } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { drafts } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees their own drafts. */
export const ownDrafts = (db: Database, viewer: Viewer) => slim({ ...getTableColumns(drafts), attachments: heldByDraft() }, (columns) => db.select(columns).from(drafts).where(eq(drafts.userId, viewer.id ?? '')).as('drafts'));

/** What staff write in tickets is no secret among them. The place is the id of a ticket that the viewer sees. */
export const draftsAtDesk = (db: Database, viewer: Viewer) =>
  slim(
    { ...getTableColumns(drafts), attachments: heldByDraft() },
    (columns) => db.select(columns).from(drafts).where(can(viewer, 'tickets.see') ? undefined : sql`false`).as('drafts_at_desk'),
  );
