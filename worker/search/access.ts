import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { searchDocuments } from './schema.ts';

export { ARTICLE } from './schema.ts';

/** Only public things are ever indexed, so everyone may find every one of them. */
export const visibleDocuments = (db: Database, _viewer: Viewer) => db.select().from(searchDocuments).as('documents');
