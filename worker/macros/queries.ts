import { desc, eq, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { categoryOf } from '../statuses/access.ts';
import { isInGroup, macrosOf, visibleMacros } from './access.ts';

/** As many as anybody keeps, of each kind. */
const MOST = 200;

const listed = (whose: 'own' | 'groups' | 'all') =>
  many(
    written(
      () => ({}),
      (db, viewer) => {
        const macro = macrosOf(db, viewer, whose);
        return db
          .select({ id: macro.id, ownerId: macro.ownerId, groupId: macro.groupId, folder: macro.folder, name: macro.name, texts: macro.texts, visibility: macro.visibility, actions: macro.actions, used: macro.used, updatedAt: macro.updatedAt, attachments: macro.attachments })
          .from(macro)
          .orderBy(desc(macro.used), desc(macro.id))
          .limit(MOST);
      },
    ),
  );

/** The viewer's own macros, those of their groups, and everyone's, what is sent most first. */
export const [ownMacros, macrosOfGroups, macrosOfAll] = [listed('own'), listed('groups'), listed('all')];

/** Their names only, for choosing one while writing. */
const named = (whose: 'own' | 'groups' | 'all') =>
  many(
    written(
      () => ({}),
      (db, viewer) => {
        const macro = macrosOf(db, viewer, whose);
        return db.select({ id: macro.id, folder: macro.folder, name: macro.name, used: macro.used }).from(macro).orderBy(desc(macro.used), desc(macro.id)).limit(MOST);
      },
    ),
  );

export const [namesOfOwnMacros, namesOfMacrosOfGroups, namesOfMacrosOfAll] = [named('own'), named('groups'), named('all')];

/** One macro that the viewer may use, or undefined. */
export const macroById = maybe(
  onlyIf(
    written(
      (id: string) => ({ id }),
      (db, viewer, { id }) => {
        const macro = visibleMacros(db, viewer);
        return db
          .select({ id: macro.id, ownerId: macro.ownerId, groupId: macro.groupId, folder: macro.folder, name: macro.name, texts: macro.texts, visibility: macro.visibility, actions: macro.actions, used: macro.used, attachments: macro.attachments })
          .from(macro)
          .where(eq(macro.id, id));
      },
    ),
    (_viewer, id) => id !== '',
  ),
);

/** What keeping or removing one is decided on; without an id, whose a new one will be. `mayGive` says whether it may become one of the group, `chosenCategory` of which kind the status in own words is that is `chosen`. */
export const macroToKeep = one((db, viewer, id: string | undefined, whose: 'own' | 'group' | 'all' = 'own', group = '', chosen = '') => {
  const macro = visibleMacros(db, viewer);
  const [now, given] = [sql`${macro.groupId}`, { mayGive: isInGroup(viewer, sql`${group}`).as('may_give'), chosenCategory: categoryOf(chosen).as('chosen_category') }];
  if (id !== undefined) return db.select({ ownerId: macro.ownerId, isOfGroup: isInGroup(viewer, now).as('is_of_group'), ...given, name: macro.name, files: macro.attachments, revision: revisionOf(sql`${id}`).as('revision') }).from(macro).where(eq(macro.id, id));
  const ownerId = whose === 'own' ? sql<string | null>`${viewer.id}` : sql<string | null>`null`;
  return db.select({ ownerId: ownerId.as('owner_id'), isOfGroup: sql<boolean>`${whose === 'group' ? 1 : 0} and ${isInGroup(viewer, sql`${group}`)}`.mapWith(Boolean).as('is_of_group'), ...given, name: sql<string>`''`.as('name'), files: sql<unknown[]>`'[]'`.mapWith(JSON.parse).as('files'), revision: sql<number>`0`.as('revision') }).from(sql`(select 1)`);
});
