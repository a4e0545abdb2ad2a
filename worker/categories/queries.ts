import { asc, eq, sql } from 'drizzle-orm';
import { visibleAccounts } from '../accounts/access.ts';
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
  /** Accounts as they were typed: id or name. */
  accounts: string[];
}

/** What keeping a category is decided on: whether there is one of this id, who else has its address, whether the chosen parent stands by itself, and the accounts that were named. Always one row. */
export const categoryToKeep = one((db, viewer, { id, slug, parent, accounts }: Wish) => {
  const [category, account] = [keptCategories(db, viewer), visibleAccounts(db, viewer)];
  const named = sql`json_group_array(json_object('id', ${account.id}, 'name', ${account.name}))`;
  const typed = sql`(select value from json_each(${JSON.stringify(accounts)}))`;
  return db
    .select({
      found: category.id, revision: revisionOf(sql`${id}`).as('revision'),
      taken: sql<boolean>`exists (select 1 from categories where slug = ${slug} and id <> ${id})`.mapWith(Boolean).as('taken'),
      isParent: sql<boolean>`exists (select 1 from categories where id = ${parent} and parent_id is null and id <> ${id})`.mapWith(Boolean).as('is_parent'),
      hasChildren: sql<boolean>`exists (select 1 from categories where parent_id = ${id})`.mapWith(Boolean).as('has_children'),
      accounts: sql<{ id: string; name: string }[]>`(select ${named} from ${account} where ${account.id} in ${typed} or ${account.name} collate nocase in ${typed})`.mapWith(JSON.parse).as('accounts'),
    })
    .from(sql`(select 1)`)
    .leftJoin(category, eq(category.id, id));
});
