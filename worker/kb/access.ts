import { eq, getTableColumns, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import { articles, kbCategories } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees every article. */
export const visibleArticles = (db: Database, _viewer: Viewer) => slim(getTableColumns(articles), (columns) => db.select(columns).from(articles).as('articles'));

/** Whether an article is one to offer to the viewer, who did not ask for it: those for the team are for staff. */
export const isForViewer = (viewer: Viewer, article: Pick<ReturnType<typeof visibleArticles>, 'audience'>): SQL | undefined => (isStaff(viewer) ? undefined : eq(article.audience, 'everyone'));

/** The same of something that search found, of which only articles are for somebody. */
export const isOffered = (viewer: Viewer, type: SQLWrapper, refId: SQLWrapper): SQL | undefined =>
  isStaff(viewer) ? undefined : sql`(${type} <> 'article' or not exists (select 1 from articles a where a.id = ${refId} and a.audience = 'team'))`;

/** Everyone sees every category of the help centre. */
export const visibleKbCategories = (db: Database, _viewer: Viewer) => slim(getTableColumns(kbCategories), (columns) => db.select(columns).from(kbCategories).as('kb_categories'));
