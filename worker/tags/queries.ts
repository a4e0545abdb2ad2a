import { asc, eq, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { keptSynonyms, leastLevel, visibleTagGroups } from './access.ts';

/** Groups of tags by name, fifty at most. */
export const allTagGroups = many(
  written(
    () => ({}),
    (db, viewer) => {
      const group = visibleTagGroups(db, viewer);
      return db.select({ id: group.id, name: group.name, tags: group.tags, isOneOf: group.isOneOf, requiredIn: group.requiredIn }).from(group).orderBy(asc(group.name));
    },
  ),
);

/** Synonyms by word, with how many topics and tickets had them; for who keeps the settings. */
export const synonymsKept = many((db, viewer) => {
  const kept = keptSynonyms(db, viewer);
  return db.select().from(kept).orderBy(asc(kept.synonym));
});

/** Who makes new tags. Always one row. */
export const tagRulesKept = one((db) => db.select({ level: leastLevel.as('least_level') }).from(sql`(select 1)`));

/** What a new synonym is decided on: what either word is already, and how many synonyms there are. Always one row. */
export const synonymToAdd = one((db, _viewer, synonym: string, tag: string) =>
  db
    .select({
      isSynonym: sql<boolean>`exists (select 1 from tag_synonyms where synonym = ${synonym})`.mapWith(Boolean).as('is_synonym'),
      isMain: sql<boolean>`exists (select 1 from tag_synonyms where tag = ${synonym})`.mapWith(Boolean).as('is_main'),
      meansOther: sql<boolean>`exists (select 1 from tag_synonyms where synonym = ${tag})`.mapWith(Boolean).as('means_other'),
      count: sql<number>`(select count(*) from tag_synonyms)`.as('count'),
    })
    .from(sql`(select 1)`),
);

/** A synonym, for who keeps the settings. */
export const synonymByWord = one((db, viewer, word: string) => {
  const kept = keptSynonyms(db, viewer);
  return db.select({ synonym: kept.synonym, tag: kept.tag }).from(kept).where(eq(kept.synonym, word)).limit(1);
});

/** What keeping a group is decided on: whether there is one of this id, who else has its name, how many there are, and which of its tags and categories are none. Always one row. */
export const tagGroupToKeep = one((db, viewer, { id, name, tags, requiredIn }: { id: string; name: string; tags: string[]; requiredIn: string[] }) => {
  const group = visibleTagGroups(db, viewer);
  return db
    .select({
      found: group.id, revision: revisionOf(sql`${id}`).as('revision'),
      taken: sql<boolean>`exists (select 1 from tag_groups where name = ${name} and id <> ${id})`.mapWith(Boolean).as('taken'),
      count: sql<number>`(select count(*) from tag_groups)`.as('count'),
      synonyms: sql<string[]>`(select json_group_array(synonym) from tag_synonyms where synonym in (select value from json_each(${JSON.stringify(tags)})))`.mapWith(JSON.parse).as('synonyms'),
      categories: sql<number>`(select count(*) from categories where id in (select value from json_each(${JSON.stringify(requiredIn)})))`.as('known_categories'),
    })
    .from(sql`(select 1)`)
    .leftJoin(group, eq(group.id, id));
});

/** A group of tags. */
export const tagGroupById = one((db, viewer, id: string) => {
  const group = visibleTagGroups(db, viewer);
  return db.select({ id: group.id, name: group.name }).from(group).where(eq(group.id, id)).limit(1);
});
