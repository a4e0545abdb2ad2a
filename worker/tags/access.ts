import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { hiddenCategories } from '../forum/access.ts';
import { invalid } from '../platform/refusal.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isTrusted, levelOf } from '../trust/access.ts';
import { RULES, tagGroups, tagSynonyms } from './schema.ts';

/** The least level of trust that makes new tags, as a column of any query. */
export const leastLevel = sql<number>`coalesce((select value ->> 'level' from settings where key = ${sql.raw(`'${RULES}'`)}), 0)`.mapWith(Number);

/** The main tag that a word means, as SQL: itself, where it is no synonym. */
export const mainOf = (word: string) => sql<string>`coalesce((select tag from tag_synonyms where synonym = ${word}), ${word})`;

/** What tags somebody wishes for are decided on. */
export interface Tagging {
  /** The main tags, each once. */
  tags: string[];
  /** Those that nothing has yet; none are told to those who make tags anyway. */
  unknown: string[];
  groups: { id: string; name: string; tags: string[]; isOneOf: boolean; isRequired: boolean }[];
  /** The level of trust of who wishes, and the least that makes new tags. */
  level: number;
  least: number;
}

/** What the tags of a topic are decided on, as a column of the query that it is decided on. `categoryId`: where it is going to be. */
export function taggingOf(viewer: Viewer, wished: string[], categoryId: SQLWrapper): SQL.Aliased<Tagging> {
  const list = JSON.stringify(wished);
  const unknown = isTrusted(viewer)
    ? sql`'[]'`
    : sql`(select json_group_array(value) from json_each(${list}) where not exists (select 1 from tag_synonyms where synonym = value) and not exists (select 1 from tag_synonyms where tag = value)
        and not exists (select 1 from topic_tags where tag = value) and not exists (select 1 from tag_groups g, json_each(g.tags) known where known.value = json_each.value))`;
  return sql<string>`(select json_object(
      'tags', json((select json_group_array(main) from (select coalesce(s.tag, said.value) main from json_each(${list}) said left join tag_synonyms s on s.synonym = said.value group by 1 order by min(said.key)))),
      'unknown', json(${unknown}), 'level', ${isTrusted(viewer) ? sql`5` : levelOf(viewer.id)}, 'least', ${leastLevel},
      'groups', json((select json_group_array(json_object('id', id, 'name', name, 'tags', json(tags), 'isOneOf', json(iif(is_one_of, 'true', 'false')), 'isRequired', json(iif(exists (select 1 from json_each(required_in) where value = ${categoryId}), 'true', 'false')))) from tag_groups))))`
    .mapWith((json: string) => JSON.parse(json) as Tagging)
    .as('tagging') as SQL.Aliased<Tagging>;
}

/** What is wrong with tags, or, in forms beside those, with the choice of a group: `tags-` and its id. */
const wrong = (sentence: string, group?: { id: string }) => invalid({ [group ? `tags-${group.id}` : 'tags']: sentence });

/** The tags as they are kept. Refused, in the field of that group, where a group asks for another choice, or where one is new and they may not make it. */
export function ruled({ tags, unknown, groups, level, least }: Tagging): string[] {
  if (level < least && unknown.length > 0) throw wrong(`Choose among the tags that there are. New here: ${unknown.join(', ')}.`);
  for (const group of groups) {
    const chosen = group.tags.filter((tag) => tags.includes(tag));
    if (group.isOneOf && chosen.length > 1) throw wrong(`Choose only one of “${group.name}”: ${group.tags.join(', ')}.`, group);
  }
  checkAsked({ groups }, tags);
  return tags;
}

/** Refuses, in the field of that group, tags that lack what the category asks for. */
export function checkAsked({ groups }: Pick<Tagging, 'groups'>, tags: string[]): void {
  const group = groups.find(({ isRequired, tags: some }) => isRequired && !some.some((tag) => tags.includes(tag)));
  if (group) throw wrong(`This category asks for a tag of “${group.name}”: ${group.tags.join(', ')}.`, group);
}

/** Everyone knows which tags belong together, and which of the categories that they see ask for them. */
export const visibleTagGroups = (db: Database, viewer: Viewer) => {
  const requiredIn = sql<string>`(select json_group_array(value) from json_each(tag_groups.required_in) where value not in ${hiddenCategories(viewer)})`.mapWith(tagGroups.requiredIn).as('asked_in');
  return db.select({ id: tagGroups.id, name: tagGroups.name, tags: tagGroups.tags, isOneOf: tagGroups.isOneOf, requiredIn }).from(tagGroups).as('groups_of_tags');
};

/** Everyone is led on from a synonym. */
export const visibleSynonyms = (db: Database, _viewer: Viewer) => db.select().from(tagSynonyms).as('tag_synonyms');

/** Synonyms with how much had them when they became such, for who keeps the settings. */
export const keptSynonyms = (db: Database, viewer: Viewer) =>
  db
    .select({
      synonym: tagSynonyms.synonym, tag: tagSynonyms.tag, createdAt: tagSynonyms.createdAt,
      topics: sql<number>`(select count(*) from tag_retags where synonym = tag_synonyms.synonym and kind = 'topic')`.as('retagged_topics'),
      tickets: sql<number>`(select count(*) from tag_retags where synonym = tag_synonyms.synonym and kind = 'ticket')`.as('retagged_tickets'),
    })
    .from(tagSynonyms)
    .where(can(viewer, 'settings.manage') ? undefined : sql`0`)
    .as('kept_synonyms');
