import { asc, eq, sql } from 'drizzle-orm';
import { visibleAccounts } from '../accounts/access.ts';
import { visibleGroups } from '../groups/access.ts';
import { colleagues } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { keptCategories } from './access.ts';

/** Every category with who is let in, in order. For who keeps the settings. */
export const categoriesKept = many((db, viewer) => {
  const category = keptCategories(db, viewer);
  return db.select().from(category).orderBy(asc(category.position), asc(category.name));
});

interface Wish {
  id: string;
  slug: string;
  parent: string;
  /** Accounts, groups and CSMs as they were typed: an id, a name, or of a person the handle or address. */
  named: string[];
}

/** Somebody whom a category can let in, and how they may be named. */
export interface Known {
  kind: 'account' | 'group' | 'csm';
  id: string;
  names: string[];
}

/** The ids of a category and of all above it. */
const upFrom = (id: string) => sql`with recursive up (id) as (select ${id} union select c.parent_id from categories c join up on c.id = up.id where c.parent_id is not null) select id from up`;

/** What keeping a category is decided on: whether there is one of this id, who else has its address, whether the chosen parent is there and neither it nor below it, and who was named. Always one row. */
export const categoryToKeep = one((db, viewer, { id, slug, parent, named }: Wish) => {
  const [category, account, group, person] = [keptCategories(db, viewer), visibleAccounts(db, viewer), visibleGroups(db, viewer), colleagues(db)];
  const typed = sql`(select value from json_each(${JSON.stringify(named)}))`;
  const known = sql`select 'account' as kind, ${account.id} as id, json_array(${account.name}) as names from ${account} where ${account.id} in ${typed} or ${account.name} collate nocase in ${typed}
    union all select 'group', ${group.id}, json_array(${group.name}) from ${group} where ${group.id} in ${typed} or ${group.name} collate nocase in ${typed}
    union all select 'csm', ${person.id}, json_array(${person.handle}, ${person.email}) from ${person} where ${person.id} in ${typed} or ${person.handle} in ${typed} or ${person.email} in ${typed}`;
  return db
    .select({
      found: category.id, revision: revisionOf(sql`${id}`).as('revision'),
      taken: sql<boolean>`exists (select 1 from categories where slug = ${slug} and id <> ${id})`.mapWith(Boolean).as('taken'),
      isParent: sql<boolean>`exists (select 1 from categories where id = ${parent}) and ${id} not in (${upFrom(parent)})`.mapWith(Boolean).as('is_parent'),
      known: sql<Known[]>`(select json_group_array(json_object('kind', kind, 'id', id, 'names', json(names))) from (${known}))`.mapWith(JSON.parse).as('known'),
    })
    .from(sql`(select 1)`)
    .leftJoin(category, eq(category.id, id));
});
