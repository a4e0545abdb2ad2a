import { eq } from 'drizzle-orm';
import { maybe, one } from '../platform/query.ts';
import { credentialsFor, demoSetting, profiles } from './access.ts';

/** The demo workspace's mark, if this is one. */
export const demo = maybe((db) => demoSetting(db));

/** A person's public face, by handle. */
export const profileByHandle = one((db, _viewer, handle: string) => {
  const profile = profiles(db);
  return db.select().from(profile).where(eq(profile.handle, handle)).limit(1);
});

/** What signing in is decided on. Always one row; without a person when nobody has this address. */
export const credentials = one((db, _viewer, email: string, keys: string[], since: Date) => credentialsFor(db, email, keys, since));
