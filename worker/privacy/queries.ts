import { asc, eq, sql } from 'drizzle-orm';
import { decodeCursor, many, maybe, one, page, type Slice } from '../platform/query.ts';
import type { Asking } from '../platform/statement.ts';
import { phraseOf, wordsOf } from '../platform/text.ts';
import { certificates, copyLink, isTheirs, ownConsents, visibleWhole } from './access.ts';
import { type Part, type PartRow, parts } from './parts.ts';

/** What copying or erasing is decided on: oneself, or, for those who may erase people, whoever has this handle. */
export const wholePerson = one((db, viewer, handle: string | undefined) => {
  const person = visibleWhole(db, viewer);
  return db
    .select()
    .from(person)
    .where(handle ? eq(person.handle, handle) : eq(person.id, viewer.id ?? ''));
});

/** A page of one part of the copy of somebody, oldest first; empty when it is not for the viewer. */
export const partOf = page(
  (row: PartRow) => [row.at, row.id],
  (_db, viewer, { after, limit }: Slice, part: Part, id: string): Asking<PartRow> => {
    const [at, last] = decodeCursor(after, ['number', 'string']) ?? [-1, ''];
    return {
      sql: `select * from (${parts[part]}) where (at, id) > (?2, ?3) order by at, id limit ?4`,
      args: [isTheirs(viewer, id) ? id : '', at!, last!, limit + 1],
      rows: ({ rows, columns }) => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as PartRow),
    };
  },
);

/** Whose copy the link with this key opens. */
export const copyOpened = one((db, viewer, key: string, now: Date) => copyLink(db, viewer, key, now));

/** What the viewer agreed to, the latest first. */
export const myConsents = many((db, viewer) => {
  const consent = ownConsents(db, viewer);
  return db.select().from(consent).orderBy(asc(consent.wording), sql`${consent.version} desc`);
});

/** What a certificate of erasing says. */
export const certificate = maybe((db, _viewer, id: string) => {
  const one = certificates(db);
  return db.select().from(one).where(eq(one.id, id));
});

export interface Mention {
  title: string;
  /** Address without the language. */
  url: string;
}

/** Public texts of others that hold every word of somebody's name (the viewer's own when nobody is named), the newest first: what erasing does not touch. */
export const mentionsOf = many((_db, viewer, whom?: { id: string; name: string }): Asking<Mention> => {
  const { id, name } = whom ?? { id: viewer.id ?? '', name: viewer.name };
  const words = isTheirs(viewer, id) ? wordsOf(name).map((word) => phraseOf([word])) : [];
  return {
    sql: `select d.title, d.url from search_index s join search_documents d on d.id = s.rowid
      where s.search_index match ?1 and not exists (select 1 from posts p where d.type = 'post' and p.id = d.ref_id and p.author_id = ?2)
        and not exists (select 1 from topics t where d.type = 'topic' and t.id = d.ref_id and t.author_id = ?2) order by s.rowid desc limit 20`,
    args: [words.join(' AND ') || '"§"', id],
    rows: ({ rows }) => rows.map((row) => ({ title: String(row[0]), url: String(row[1]) })),
  };
});
