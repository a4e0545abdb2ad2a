import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { articles, kbCategories } from './schema.ts';

/** Everyone sees every article. */
export const visibleArticles = (db: Database, _viewer: Viewer) => db.select().from(articles).as('articles');

/** Everyone sees every category of the help centre. */
export const visibleKbCategories = (db: Database, _viewer: Viewer) => db.select().from(kbCategories).as('kb_categories');
