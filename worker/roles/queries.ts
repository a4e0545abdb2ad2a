import { asc, eq, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { visibleRoles } from './access.ts';

/** With its table, which drizzle leaves out where there is only one: inside a subquery it would be another’s. */
const idOfRole = sql`roles.id`;

/** Every custom role by name, with how many people have it. */
export const allRoles = many((db, viewer) => {
  const role = visibleRoles(db, viewer);
  return db
    .select({ id: role.id, name: role.name, base: role.base, permissions: role.permissions, scopes: role.scopes, people: sql<number>`(select count(*) from users where role_id = ${idOfRole})`.as('people') })
    .from(role)
    .orderBy(asc(role.name));
});

/** A custom role, with what changing it is decided on. */
export const roleById = one((db, viewer, id: string) => {
  const role = visibleRoles(db, viewer);
  return db
    .select({
      id: role.id, name: role.name, base: role.base, permissions: role.permissions, scopes: role.scopes, revision: revisionOf(idOfRole).as('revision'),
      isUsed: sql<boolean>`exists (select 1 from users where role_id = ${idOfRole})`.mapWith(Boolean).as('is_used'),
    })
    .from(role)
    .where(eq(role.id, id));
});

const holderOf = (name: string) => sql<string | null>`(select id from roles where name = ${name})`;
const knownOf = (table: 'categories' | 'groups', ids: string[]) => sql<number>`(select count(*) from ${sql.identifier(table)} where id in (select value from json_each(${JSON.stringify(ids)})))`;

/** Which of a role's name, categories and groups there already are: what making one is decided on. Always one row. */
export const roleNamed = one((db, _viewer, name: string, categories: string[], groups: string[]) =>
  db
    .select({ taken: holderOf(name).as('taken'), categories: knownOf('categories', categories).as('found'), groups: knownOf('groups', groups).as('found_groups') })
    .from(sql`(select 1)`),
);

/** A role, with what `roleNamed` says of what it shall become. */
export const roleToChange = one((db, viewer, id: string, name: string, { categories, groups }: { categories: string[]; groups: string[] }) => {
  const role = visibleRoles(db, viewer);
  return db
    .select({ name: role.name, base: role.base, permissions: role.permissions, scopes: role.scopes, revision: revisionOf(idOfRole).as('revision'), taken: holderOf(name).as('taken'), categories: knownOf('categories', categories).as('found'), groups: knownOf('groups', groups).as('found_groups') })
    .from(role)
    .where(eq(role.id, id));
});
