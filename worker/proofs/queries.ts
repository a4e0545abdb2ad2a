import { desc, eq } from 'drizzle-orm';
import { many, maybe, one } from '../platform/query.ts';
import { type BothKeys, bothFor, ownPasskeys, ownStanding, passkeyWithOwner, proving, staffRule, waiting } from './access.ts';

/** What proving oneself in the session with this secret is decided on; undefined when it has ended. */
export const standingIn = maybe((db, _viewer, secret: string, typed: string, key: string, since: Date) => proving(db, secret, typed, key, since));

/** What the page of the second step shows of the session with this secret; undefined when it does not wait for one. */
export const secondStep = maybe((db, _viewer, secret: string) => waiting(db, secret));

/** What signing in with password and code at once is decided on. Always one row; without a person when nobody has this address. */
export const bothOf = one((db, _viewer, email: string, typed: string, keys: BothKeys, since: Date) => bothFor(db, email, typed, keys, since));

/** A passkey with its owner; undefined when it is not known here. */
export const passkeyBy = maybe((db, _viewer, id: string) => passkeyWithOwner(db, id));

/** What the viewer can prove themself by; undefined for a visitor. */
export const myStanding = maybe((db, viewer) => ownStanding(db, viewer));

/** The viewer's passkeys, the newest first. */
export const myPasskeys = many((db, viewer) => {
  const passkey = ownPasskeys(db, viewer);
  return db.select().from(passkey).orderBy(desc(passkey.createdAt));
});

/** One of the viewer's passkeys. */
export const myPasskey = one((db, viewer, id: string) => {
  const passkey = ownPasskeys(db, viewer);
  return db.select().from(passkey).where(eq(passkey.id, id));
});

/** Whether staff need a second factor, and whether the viewer has one; undefined for a visitor. */
export const staffStanding = maybe((db, viewer) => staffRule(db, viewer));
