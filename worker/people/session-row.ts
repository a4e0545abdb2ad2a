import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { ALL_OPEN } from '../forum/access.ts';
import { type Permission, permissionsOf, type Scopes } from '../platform/permissions.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import { STAFF_SQL, type Viewer } from '../platform/viewer.ts';
import { scopesInForce, staffNeedFactor } from './access.ts';
import { type Facts, facts } from './as-viewer.ts';
import { customRoles, sessions, users } from './schema.ts';

const factsOfSession = {
  id: sessions.id, expiresAt: sessions.expiresAt, createdAt: sessions.createdAt, provedAt: sessions.provedAt, seenAt: sessions.seenAt, halfway: sessions.halfway, viewingUntil: sessions.viewingUntil,
};

/** A session with its person, as the database tells them. */
export interface FoundSession {
  session: Pick<typeof sessions.$inferSelect, keyof typeof factsOfSession>;
  user: Facts;
  /** Of their custom role, if they have one. */
  permissions: readonly Permission[] | null;
  scopes: Scopes | null;
  /** Whose eyes they look with, if not their own. */
  seen: Facts | null;
  /** Whether those who work here need a second factor. */
  needed: boolean;
}

/** What is asked of most sessions: whether they who work here need a second factor, where they are thought to, and whether all categories are open. */
interface Asked {
  isStaff: boolean;
  isOpen: boolean;
}

/** The same for who has no custom role and looks with no other eyes, as nearly everybody: it takes libSQL half as long. Of others it tells that it does not tell. */
export const sessionOfMost = written(
  (id: string, { isStaff, isOpen }: Asked) => ({ id, isStaff, isOpen }),
  (db, _viewer, { id, isStaff: isAtWork, isOpen }) =>
    db
      .select({
        session: factsOfSession, user: facts(users), needed: isAtWork ? staffNeedFactor.as('needed') : nothing(false),
        isWhole: sql<boolean>`${users.roleId} is null and ${sessions.viewingAs} is null${isAtWork ? sql`` : sql` and ${users.role} not in ${sql.raw(STAFF_SQL)}`}`.mapWith(Boolean).as('is_whole'), ...(isOpen ? { areAllOpen: ALL_OPEN } : {}),
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, id)),
);

/** Whether somebody was last seen as most people are. */
export const isOfMost = ({ id, role, permissions, scopes, viewedBy }: Viewer) => id !== null && viewedBy === null && Object.keys(scopes).length === 0 && String(permissions) === String(permissionsOf[role]);

/** What is asked of any session. */
export const sessionWithPerson = written(
  (id: string) => ({ id }),
  (db, _viewer, { id }) => {
    const seen = alias(users, 'seen');
    return db
      .select({ session: factsOfSession, user: facts(users), permissions: customRoles.permissions, scopes: scopesInForce.as('scopes_in_force'), seen: facts(seen), needed: staffNeedFactor.as('needed') })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .leftJoin(customRoles, eq(customRoles.id, users.roleId))
      .leftJoin(seen, eq(seen.id, sessions.viewingAs))
      .where(eq(sessions.id, id));
  },
);
