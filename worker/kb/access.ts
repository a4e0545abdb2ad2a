import { getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { articles, kbCategories } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees every article. */
export const visibleArticles = (db: Database, _viewer: Viewer) => slim(getTableColumns(articles), (columns) => db.select(columns).from(articles).as('articles'));

/** Everyone sees every category of the help centre. */
export const visibleKbCategories = (db: Database, _viewer: Viewer) => slim(getTableColumns(kbCategories), (columns) => db.select(columns).from(kbCategories).as('kb_categories'));
