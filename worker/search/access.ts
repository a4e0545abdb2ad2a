import { and, eq, getTableColumns, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { inVisibleCategory } from '../forum/access.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { savedSearches, searchDocuments } from './schema.ts';
import { slim } from '../platform/slim.ts';

export { likenessOf } from './alike.ts';
export { isCommon } from './common.ts';
export { frequencyOf } from './frequency.ts';
export { operatorsIn } from './operators.ts';
export { type Quoting, quoting } from './passage.ts';
export { ARTICLE } from './schema.ts';

/** Whether search may find it: nothing of a hidden topic, and nothing of a hidden post, but for moderators. */
export const notHidden = (viewer: Viewer, hidden: SQLWrapper): SQL => (can(viewer, 'forum.moderate') ? sql`${hidden} < 2` : sql`${hidden} = 0`);

/** Articles, and topics and posts of the categories that let the viewer in, while they are not hidden. */
export const visibleDocuments = (db: Database, viewer: Viewer) => slim(
  getTableColumns(searchDocuments),
  (columns) => db.select(columns).from(searchDocuments).where(and(inVisibleCategory(viewer, searchDocuments.type, searchDocuments.refId), notHidden(viewer, searchDocuments.hidden))).as('documents'),
);

/** The same of those that were already found among these: whoever joins it has asked `visibleDocuments` which. */
export const foundDocuments = (db: Database) => slim(getTableColumns(searchDocuments), (columns) => db.select(columns).from(searchDocuments).as('documents'));

/** Texts that are looked through for one that somebody may read. */
const LOOKED_AT = 100;

/** Whether the viewer may read one of the texts that FTS5 finds by this. */
export const isFound = (db: Database, viewer: Viewer, match: SQL) => {
  const document = visibleDocuments(db, viewer);
  return sql`exists (select 1 from (select rowid as id from search_index where search_index match ${match} limit ${LOOKED_AT}) holds cross join ${document} on ${document.id} = holds.id)`;
};

/** Everyone sees the searches that they keep. */
export const ownSearches = (db: Database, viewer: Viewer) => db.select({ name: savedSearches.name, q: savedSearches.q, type: savedSearches.type }).from(savedSearches).where(eq(savedSearches.userId, viewer.id ?? '')).as('searches');
