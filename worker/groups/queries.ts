import { asc, eq, sql } from 'drizzle-orm';
import { colleagues } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visibleGroups, visibleMembers } from './access.ts';

export interface Member {
  id: string;
  name: string;
  handle: string;
}

/** Every group by name, with its members. For the desk. */
export const allGroups = many(
  written(
    () => ({}),
    (db, viewer) => {
      const [group, member, person] = [visibleGroups(db, viewer), visibleMembers(db, viewer), colleagues(db)];
      const inOrder = db.select({ id: person.id, name: person.name, handle: person.handle }).from(member).innerJoin(person, eq(person.id, member.userId)).where(sql`${member.groupId} = ${group.id}`).orderBy(asc(person.name));
      const listed = sql`(select json_group_array(json_object('id', id, 'name', name, 'handle', handle)) from ${inOrder})`;
      return db
        .select({ id: group.id, name: group.name, members: sql<Member[]>`${listed}`.mapWith((text: string) => JSON.parse(text) as Member[]).as('listed') })
        .from(group)
        .orderBy(asc(group.name));
    },
  ),
);

/** What keeping a group is decided on: whether there is one of this id, whose its name is, who of these works here, and what it is now. Always one row. */
export const groupToKeep = one((db, viewer, id: string, name: string, members: string[]) => {
  const [group, person] = [visibleGroups(db, viewer), colleagues(db)];
  const wanted = sql`(select value from json_each(${JSON.stringify(members)}))`;
  return db
    .select({
      found: group.id, name: group.name, revision: revisionOf(sql`${id}`).as('revision'),
      taken: sql<boolean>`exists (select 1 from groups where name = ${name} and id <> ${id})`.mapWith(Boolean).as('taken'),
      known: sql<number>`(select count(*) from ${person} where ${person.id} in ${wanted})`.as('known'),
      members: sql<string[]>`(select json_group_array(user_id) from (select user_id from group_members where group_id = ${id} order by user_id))`.mapWith(JSON.parse).as('kept'),
    })
    .from(sql`(select 1)`)
    .leftJoin(group, eq(group.id, id));
});

/** A group, with whether a role is confined to it. */
export const groupToRemove = one((db, viewer, id: string) => {
  const group = visibleGroups(db, viewer);
  return db
    .select({
      id: group.id, name: group.name,
      isScope: sql<boolean>`exists (select 1 from roles, json_each(roles.scopes, '$.groups') where json_each.value = ${id})`.mapWith(Boolean).as('is_scope'),
    })
    .from(group)
    .where(eq(group.id, id));
});
