import { asc, eq } from 'drizzle-orm';
import { many, maybe, one } from '../platform/query.ts';
import { hostAppSetting, keptProviders, openProviders, signUpSetting, standingOf, usableProviders } from './access.ts';
import type { Word } from './vouched.ts';

/** The providers that the sign-in page offers, by name. */
export const providersOnOffer = many((db) => {
  const provider = openProviders(db);
  return db.select().from(provider).orderBy(asc(provider.name));
});

/** One of them. */
export const providerOnOffer = maybe((db, _viewer, slug: string) => {
  const provider = openProviders(db);
  return db.select().from(provider).where(eq(provider.slug, slug));
});

/** For signing in: the provider with its secret, sealed. */
export const providerToUse = maybe((db, _viewer, slug: string) => {
  const provider = usableProviders(db);
  return db.select().from(provider).where(eq(provider.slug, slug));
});

/** Every provider, on or off, for who keeps the settings. */
export const allProviders = many((db, viewer) => {
  const provider = keptProviders(db, viewer);
  return db.select().from(provider).orderBy(asc(provider.name));
});

/** One provider, for who keeps the settings. */
export const providerBySlug = one((db, viewer, slug: string) => {
  const provider = keptProviders(db, viewer);
  return db.select().from(provider).where(eq(provider.slug, slug));
});

/** The same, or undefined when there is none. */
export const providerBySlugOrNone = maybe((db, viewer, slug: string) => {
  const provider = keptProviders(db, viewer);
  return db.select().from(provider).where(eq(provider.slug, slug));
});

/** How the company's product lets its users in. Always one row. */
export const hostApp = one((db) => hostAppSetting(db));

/** Whether people may sign themselves up. Always one row. */
export const signUp = one((db) => signUpSetting(db));

/** What letting somebody in is decided on. Always one row. */
export const standing = one((db, _viewer, word: Word) => standingOf(db, word));
