import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Viewer } from '../platform/viewer.ts';
import { type Asking, type Document, priorOf } from './rank.ts';
import { fits } from './narrow.ts';

/** How many of the newest are compared, by the signs of their numbers alone, and how many of those that the viewer may read once more, by the numbers. It bounds what a search costs. */
const [COMPARED, CLOSELY] = [10_000, 200];
/** How many are near at most, and how alike they have to be: the cosine of the angle between both. */
const [NEAREST, ALIKE] = [20, 0.35];
/** As in fuse.ts: places of one list, before what each is worth beside. */
const RANK = 60;

/** A question, by places in SQL. */
export interface Near {
  model: SQLWrapper;
  size: SQLWrapper;
  vector: SQLWrapper;
}

/** `id, score` of the topics and articles that the viewer may read whose meaning is nearest to a question. */
export function nearest(viewer: Viewer, at: Near & Pick<Asking, 'locale' | 'by'> & Parameters<typeof fits>[0], document: Document): SQL {
  const { type } = at.by;
  const narrow = fits(at, sql`${document.id}`);
  return sql`(
    with asked as materialized (select vector1bit(v) as signs, vector8(v) as vector from (select ${at.vector} as v)),
    some as materialized (select m.document_id as id from asked cross join (select document_id, signs from meanings where model = ${at.model} and size = ${at.size} order by document_id desc limit ${COMPARED}) m
      cross join ${document} on ${document.id} = m.document_id where ${type ? sql`${document.type} = ${sql.raw(`'${type}'`)}` : sql`1`} and ${narrow ?? sql`1`}
      order by vector_distance_cos(m.signs, asked.signs) limit ${CLOSELY}),
    close as materialized (select some.id, vector_distance_cos(m.vector, asked.vector) as distance from asked cross join some cross join meanings m on m.document_id = some.id),
    placed as (select id, row_number() over (order by distance, id) as nth from close where distance <= ${1 - ALIKE} order by nth limit ${NEAREST})
    select placed.id, ${priorOf(viewer, document, at.locale)} / (${RANK} + nth) as score from placed cross join ${document} on ${document.id} = placed.id)`;
}
