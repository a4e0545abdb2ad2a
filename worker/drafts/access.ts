import { eq, getTableColumns } from 'drizzle-orm';
import { heldByDraft } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { drafts } from './schema.ts';

/** Everyone sees their own drafts, and nobody those of others. */
export const ownDrafts = (db: Database, viewer: Viewer) => db.select({ ...getTableColumns(drafts), attachments: heldByDraft() }).from(drafts).where(eq(drafts.userId, viewer.id ?? '')).as('drafts');
