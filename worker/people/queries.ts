import { and, asc, desc, eq, gt, not, or, sql } from 'drizzle-orm';
import { nameFacts } from '../newcomers/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { decodeCursor, many, maybe, one, page } from '../platform/query.ts';
import { credentialsFor, demoSetting, owners, ownPassword, ownRecord, ownSessions, ownTokens, personBy, profiles, type SignInKeys } from './access.ts';

/** The demo workspace's mark, if this is one. */
export const demo = maybe((db) => demoSetting(db));

/** A person's public face, by handle. */
export const profileByHandle = one((db, viewer, handle: string) => {
  const profile = profiles(db, viewer);
  return db.select().from(profile).where(eq(profile.handle, handle)).limit(1);
});

/** What signing in is decided on. Always one row; without a person when nobody has this address. */
export const credentials = one((db, _viewer, email: string, keys: SignInKeys, since: Date) => credentialsFor(db, email, keys, since));

/** The viewer's sessions, the latest seen first. `current` is the secret of the one they look with. */
export const mySessions = many((db, viewer, current: string) => {
  const session = ownSessions(db, viewer, current);
  return db.select().from(session).orderBy(desc(session.isThis), desc(session.seenAt)).limit(100);
});

/** One of the viewer's sessions, by its handle. */
export const mySession = one((db, viewer, handle: string) => {
  const session = ownSessions(db, viewer, '');
  return db.select().from(session).where(eq(session.handle, handle)).limit(1);
});

/** What changing one's password is decided on; undefined when the session with this secret is not theirs. */
export const myPassword = maybe((db, viewer, secret: string, key: string, since: Date) => ownPassword(db, viewer, secret, key, since));

/** What only the viewer sees of themself; undefined for a visitor. */
export const myRecord = maybe((db, viewer) => db.select().from(ownRecord(db, viewer)));

/** The viewer's tokens, oldest first. */
export const myTokens = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  (db, viewer, { after, limit }) => {
    const token = ownTokens(db, viewer);
    const [at, id] = decodeCursor(after, ['number', 'string']) ?? [];
    return db
      .select()
      .from(token)
      .where(at === undefined || id === undefined ? undefined : or(sql`${token.createdAt} > ${at}`, and(sql`${token.createdAt} = ${at}`, gt(token.id, String(id)))))
      .orderBy(asc(token.createdAt), asc(token.id))
      .limit(limit + 1);
  },
);

/** One of the viewer's tokens. */
export const ownToken = one((db, viewer, id: string) => {
  const token = ownTokens(db, viewer);
  return db.select().from(token).where(eq(token.id, id));
});

/** A row while nobody runs this workspace yet and nobody is signed in, else none. */
export const ownerless = maybe((db, viewer) =>
  db.select({ isOwnerless: sql<number>`1`.as('ownerless') }).from(sql`(select 1)`).where(viewer.id === null ? not(sql`exists ${owners(db)}`) : sql`0`),
);

/** What introducing oneself as the first admin is decided on: whether there is one, and who has this address. */
export const ownership = one((db, _viewer, email: string) =>
  db
    .select({ owned: sql<boolean>`exists ${owners(db)}`.mapWith(Boolean).as('owned'), known: sql<string | null>`${personBy(db, email)}`.as('known'), revision: revisionOf('workspace').as('revision') })
    .from(sql`(select 1)`),
);

/** What a new name is held against. Always one row. */
export const namesHere = one((db) => db.select(nameFacts).from(sql`(select 1)`));
