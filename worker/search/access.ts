import { and, eq, getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { inVisibleCategory, notHidden } from '../forum/access.ts';
import type { Viewer } from '../platform/viewer.ts';
import { savedSearches, searchDocuments } from './schema.ts';
import { slim } from '../platform/slim.ts';

export { likenessOf } from './alike.ts';
export { isCommon } from './common.ts';
export { operatorsIn } from './operators.ts';
export { ARTICLE } from './schema.ts';

/** Articles, and topics and posts of the categories that let the viewer in, while they are not hidden. */
export const visibleDocuments = (db: Database, viewer: Viewer) => slim(
  getTableColumns(searchDocuments),
  (columns) => db.select(columns).from(searchDocuments).where(and(inVisibleCategory(viewer, searchDocuments.type, searchDocuments.refId), notHidden(viewer, searchDocuments.refId))).as('documents'),
);

/** Everyone sees the searches that they keep. */
export const ownSearches = (db: Database, viewer: Viewer) => db.select({ name: savedSearches.name, q: savedSearches.q, type: savedSearches.type }).from(savedSearches).where(eq(savedSearches.userId, viewer.id ?? '')).as('searches');
