import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { revisionOf } from '../platform/outbox.ts';
import { freshly, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { hashOfLink, openedBy } from '../signin/secrets.ts';
import { consents, erasures } from './schema.ts';

/** Whether everything of this person is for the viewer: it is their own, or they may erase people. Never through borrowed eyes. */
export const isTheirs = (viewer: Viewer, id: string) => viewer.viewedBy === null && (viewer.id === id || can(viewer, 'people.erase'));

export const themselfOrEraser = freshly(rule<{ id: string }>('the person themself or permission people.erase', (viewer, { id }) => isTheirs(viewer, id)));

/** Oneself, and for those who may erase people everybody. */
export const visibleWhole = (db: Database, viewer: Viewer) =>
  db
    .select({ id: users.id, email: users.email, name: users.name, handle: users.handle, role: users.role, locale: users.locale, certificate: sql<string | null>`${erasures.id}`.as('certificate'), revision: revisionOf(users.id).as('revision') })
    .from(users)
    .leftJoin(erasures, eq(erasures.userId, users.id))
    .where(viewer.viewedBy !== null ? sql`false` : can(viewer, 'people.erase') ? undefined : eq(users.id, viewer.id ?? ''))
    .as('whole');

/** Everyone sees what they agreed to. */
export const ownConsents = (db: Database, viewer: Viewer) => db.select({ wording: consents.wording, version: consents.version, locale: consents.locale, at: consents.at }).from(consents).where(eq(consents.userId, viewer.id ?? '')).as('consents');

/** Whoever has the id of a certificate may read it: it names nobody. */
export const certificates = (db: Database) => db.select({ id: erasures.id, words: erasures.words, askedBy: erasures.askedBy, at: erasures.at, doneAt: erasures.doneAt }).from(erasures).as('certificates');

/** Whose copy a link opens: only for who asked for it. */
export const copyLink = (db: Database, viewer: Viewer, key: string, now: Date) => {
  const link = openedBy(db, hashOfLink('export', key), now).as('link');
  return db
    .select({ id: users.id, handle: users.handle })
    .from(link)
    .innerJoin(users, eq(users.id, link.userId))
    .where(and(sql`${link.data} ->> 'by' = ${viewer.id ?? ''}`, viewer.viewedBy === null ? undefined : sql`false`));
};
