import { getTableColumns, isNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { ideas } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees every idea that was not taken from view. */
export const visibleIdeas = (db: Database, _viewer: Viewer) => slim(getTableColumns(ideas), (columns) => db.select(columns).from(ideas).where(isNull(ideas.hiddenAt)).as('ideas'));

/** Numbers of ideas whose titles have one of these words, which FTS5 understands, the closest first. */
export const titledLike = (match: string | SQLWrapper, most: number) => sql`(select rowid as number from idea_titles where idea_titles match ${match} order by rank limit ${most})`;

type Id = string | { getSQL(): SQL };

/** How many voted for a thing, as a column of any query. */
export const votesOn = (id: Id) => sql<number>`(select count(*) from votes where on_id = ${id} and value > 0)`;

/** Whether the viewer voted for it. */
export const votedOn = (id: Id, { id: who }: Viewer) => sql<boolean>`exists (select 1 from votes where on_id = ${id} and author_id = ${who ?? ''} and value > 0)`.mapWith(Boolean);
