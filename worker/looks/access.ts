import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { rule } from '../platform/rules.ts';
import type { Viewer } from '../platform/viewer.ts';
import { looks } from './schema.ts';

/** Customers who can sign in: whose eyes may be borrowed. Staff's never are. For deciding only. */
export const customers = (db: Database) =>
  db.select({ id: users.id, handle: users.handle }).from(users).where(and(eq(users.role, 'customer'), isNull(users.suspendedAt), isNull(users.anonymisedAt))).as('customers');

/** Everyone sees who looked with their eyes, and why. */
export const ownLooks = (db: Database, viewer: Viewer) =>
  db
    .select({ id: looks.id, reason: looks.reason, startedAt: looks.startedAt, until: looks.until, endedAt: looks.endedAt, staff: users.name })
    .from(looks)
    .innerJoin(users, eq(users.id, looks.staffId))
    .where(eq(looks.customerId, viewer.id ?? ''))
    .as('looks');

/** The look that goes on in a session of whoever looks. For deciding only. */
export const lookInSession = (db: Database, viewer: Viewer, session: string) =>
  db
    .select({ id: looks.id, customerId: looks.customerId, handle: users.handle })
    .from(looks)
    .innerJoin(users, eq(users.id, looks.customerId))
    .where(and(eq(looks.session, session), isNull(looks.endedAt), eq(looks.staffId, viewer.viewedBy ?? '')));

export const looking = rule<unknown>('staff who look with a customer’s eyes', (viewer) => viewer.viewedBy !== null);
