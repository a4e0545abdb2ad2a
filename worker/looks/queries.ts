import { and, desc, eq, sql } from 'drizzle-orm';
import { maybe, one, onward, page } from '../platform/query.ts';
import { hashOf } from '../platform/signature.ts';
import { can } from '../platform/viewer.ts';
import { customers, lookInSession, ownLooks } from './access.ts';

/** The customer whose eyes the viewer may borrow, by handle. */
export const customerToLookAs = one((db, viewer, handle: string) => {
  const customer = customers(db);
  return db.select().from(customer).where(and(eq(customer.handle, handle), can(viewer, 'people.view-as') ? undefined : sql`false`));
});

/** The same for a page that only offers it: undefined when it cannot be. */
export const customerMaybeLookedAs = maybe((db, viewer, handle: string) => {
  const customer = customers(db);
  return db.select().from(customer).where(and(eq(customer.handle, handle), can(viewer, 'people.view-as') ? undefined : sql`false`));
});

/** The look that goes on in the session with this secret; undefined when its time ran out. */
export const lookGoingOn = maybe((db, viewer, session: string) => lookInSession(db, viewer, hashOf(session)));

/** Who looked with the viewer's eyes, the latest first. */
export const looksAtMe = page(
  (row: { startedAt: Date; id: string }) => [row.startedAt.getTime(), row.id],
  (db, viewer, slice) => {
    const look = ownLooks(db, viewer);
    const { at, last, most } = onward(slice);
    return db
      .select()
      .from(look)
      .where(at === undefined ? undefined : sql`(${look.startedAt}, ${look.id}) < (${at}, ${last})`)
      .orderBy(desc(look.startedAt), desc(look.id))
      .limit(most);
  },
);
