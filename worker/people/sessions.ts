import { eq } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Database } from '../database/open.ts';
import type { Writing } from '../platform/operation.ts';
import type { Proof } from '../platform/portal.ts';
import { hashOf } from '../platform/signature.ts';
import type { Asking } from '../platform/statement.ts';
import { MINUTE } from '../platform/time.ts';
import { can, isStaff, type Locale, type Role, type Viewer, visitor } from '../platform/viewer.ts';
import { cookieNames, viewerCookie } from './cookies.ts';
import { type Facts, viewerOf } from './as-viewer.ts';
import { type FoundSession as Found, isOfMost, sessionOfMost, sessionWithPerson } from './session-row.ts';
import { isSuspended, sessions, type users } from './schema.ts';

type UserRow = typeof users.$inferSelect;

interface Attributes extends Omit<Facts, 'id'> {}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    DatabaseUserAttributes: Attributes;
  }
}

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A session ends after two weeks without a visit, that of staff after twelve hours, and each ninety days after it began. `noted`: how exactly its last visit is known. */
const LIFE = { idle: new TimeSpan(14, 'd'), staffIdle: 12 * HOUR, longest: 90 * DAY, halfway: new TimeSpan(10, 'm'), noted: 5 * MINUTE };

/** How someone came in, and from where. */
export interface Arrival {
  person: Pick<UserRow, 'id' | 'secondFactorAt'>;
  https: boolean;
  /** What proved who they are: `password`, `code`, `totp`, `recovery`, `passkey`, `oidc`, `sso`. */
  proofs: string[];
  now: Date;
  /** What their browser calls itself. */
  device?: string;
  /** Country or network, as far as known. */
  place?: string;
}

/** Proofs that are, or include, a second factor. */
const STRONG = ['totp', 'recovery', 'passkey'];

/** Whether these proofs leave the second factor to be asked for. */
const isHalfway = ({ secondFactorAt }: Pick<UserRow, 'secondFactorAt'>, proofs: string[]) => secondFactorAt !== null && !proofs.some((proof) => STRONG.includes(proof));

/** Whether somebody may come in at all, however well they prove who they are. */
export const isAdmitted = (person: Pick<UserRow, 'verifiedAt' | 'suspendedAt' | 'suspendedUntil' | 'anonymisedAt'>) => person.verifiedAt !== null && !isSuspended(person) && person.anonymisedAt === null;

const toLucia = (row: Found, id: string): [DatabaseSession, DatabaseUser] => [
  { id, userId: row.user.id, expiresAt: row.session.expiresAt, attributes: {} },
  { id: row.user.id, attributes: row.user },
];

/**
 * Lucia over rows that came with the page's own batch: it never asks the database itself. What it wants written is handed to `write`.
 * Only SHA-256 of a session's secret is kept, so a stolen table opens nothing.
 */
const adapterOver = (found: Found | undefined, db: Database, write: (statement: Writing) => void, asked?: string): Adapter => ({
  getSessionAndUser: async (id) => (found && found.session.id === (asked ?? hashOf(id)) ? toLucia(found, id) : [null, null]),
  getUserSessions: async () => [],
  setSession: async ({ id, userId, expiresAt, attributes }) => write(db.insert(sessions).values({ ...(attributes as NewSession), id: hashOf(id), userId, expiresAt })),
  updateSessionExpiration: async (id, expiresAt) => {
    if (!found?.session.halfway) write(db.update(sessions).set({ expiresAt }).where(eq(sessions.id, hashOf(id))));
  },
  deleteSession: async (id) => write(db.delete(sessions).where(eq(sessions.id, hashOf(id)))),
  deleteUserSessions: async (userId) => write(db.delete(sessions).where(eq(sessions.userId, userId))),
  deleteExpiredSessions: async () => {},
});

const luciaOver = (adapter: Adapter, https: boolean, life = LIFE.idle) =>
  new Lucia(adapter, {
    sessionExpiresIn: life,
    sessionCookie: { name: cookieNames(https).session, attributes: { secure: https, sameSite: 'lax', path: '/' } },
    getUserAttributes: (attributes: Attributes) => attributes,
  });

type NewSession = Pick<typeof sessions.$inferInsert, 'createdAt' | 'provedAt' | 'seenAt' | 'proofs' | 'halfway' | 'device' | 'place'>;

/**
 * A new session: the statement that keeps it, and the cookie that opens it. Whoever lets somebody in does so by this.
 * `halfway`: they have a second factor and did not show it yet; send them to `/sign-in/second`.
 */
export async function newSession(db: Database, { person, https, proofs, now, device = '', place = '' }: Arrival): Promise<{ statement: Writing; cookie: string; halfway: boolean }> {
  let statement: Writing | undefined;
  const halfway = isHalfway(person, proofs);
  const lucia = luciaOver(adapterOver(undefined, db, (s) => void (statement = s)), https, halfway ? LIFE.halfway : LIFE.idle);
  const row: NewSession = { createdAt: now, provedAt: now, seenAt: now, proofs, halfway, device: device.slice(0, 200), place: place.slice(0, 80) };
  const session = await lucia.createSession(person.id, row as never);
  return { statement: statement!, cookie: lucia.createSessionCookie(session.id).serialize(), halfway };
}

/** Who came in, and how far. */
export interface Entered {
  /** `Set-Cookie` of their session; null when they did not come in. */
  cookie: string | null;
  /** The second factor is still to be shown, at `/sign-in/second`. */
  halfway: boolean;
  role: Role | null;
  locale: Locale | null;
}

export const notEntered: Entered = { cookie: null, halfway: false, role: null, locale: null };

/** A new session, as an operation answers with it. `former`: the secret of the one that it takes the place of. */
export async function entered(db: Database, arrival: Arrival & { person: UserRow }, former?: string): Promise<{ statements: Writing[]; result: Entered }> {
  const { statement, cookie, halfway } = await newSession(db, arrival);
  const { role, locale } = arrival.person;
  return { statements: [...(former ? [endSession(db, former)] : []), statement], result: { cookie, halfway, role, locale } };
}

/** The cookie that opens a session, for as long again. */
export const renewedCookie = (secret: string, https: boolean) => luciaOver(adapterOver(undefined, undefined as never, () => {}), https).createSessionCookie(secret).serialize();

/** The statement that ends the session with this secret. */
export const endSession = (db: Database, secret: string) => db.delete(sessions).where(eq(sessions.id, hashOf(secret)));

/** The cookies that forget a person. */
export const forgotten = (https: boolean) => [luciaOver(adapterOver(undefined, undefined as never, () => {}), https).createBlankSessionCookie().serialize(), viewerCookie('', https, 0)];

export interface Confirmation {
  proof: Proof;
  /** Statements that keep a session alive, known after the proof; empty most of the time. */
  upkeep: Writing[];
  /** Known after the proof: whether the session lives on, and its cookie has to as well. */
  renewed: boolean;
  /** The proof as it is asked, where it tells beside whether all categories are open, as was wished. */
  beside(): Asking | undefined;
  /** Known after the proof: whether the session waits for its second factor, so that a visitor's page must not forget it. */
  halfway: boolean;
}

/** Who a session's rows say somebody is: themselves, or, while they look with a customer's eyes, that customer, who may only look. Every request asks again whether they may. */
function personOf({ session, user, permissions, scopes, seen, needed }: Found, timeZone: string): Viewer {
  if (isSuspended(user) || session.halfway) return visitor;
  const self: Viewer = { ...viewerOf(user, timeZone, { permissions, scopes }, needed), provedAt: session.provedAt.getTime() };
  const looks = seen?.role === 'customer' && (session.viewingUntil?.getTime() ?? 0) > Date.now() && can(self, 'people.view-as');
  return looks ? { ...viewerOf(seen, timeZone), viewedBy: user.id, scope: 'read' } : self;
}

function isOver({ session: { createdAt, seenAt }, user }: Found, now: number): boolean {
  const idle = now - Math.max(seenAt.getTime(), createdAt.getTime());
  return now - createdAt.getTime() > LIFE.longest || (isStaff(user) && idle > LIFE.staffIdle);
}

/** Who somebody is by the hash of their session's secret, for what only watches: it is no visit, and keeps no session alive. */
export const proofOfWatcher = (hash: string, timeZone: string): Proof => ({
  asking: (db) => sessionWithPerson(db, visitor, hash),
  async confirm(rows) {
    const found = rows[0] as Found | undefined;
    const now = Date.now();
    return !found || isOver(found, now) || found.session.expiresAt.getTime() <= now ? visitor : personOf(found, timeZone);
  },
});

interface Claimed {
  /** Who they were at the last look. */
  remembered?: Viewer;
  /** Of the session: the hash of its secret. */
  id?: string;
  /** Whether all categories are open is to be told beside. */
  isOpen?: boolean;
}

/** The session's row as one more statement of a page's batch, judged by Lucia. A revoked or expired session makes a visitor. */
export function proofOf(db: Database, secret: string, https: boolean, timeZone: string, { remembered = visitor, id = hashOf(secret), isOpen = false }: Claimed = {}): Confirmation {
  let ofMost = isOfMost(remembered) ? sessionOfMost(db, visitor, id, { isStaff: isStaff(remembered) || remembered.unprotected, isOpen }) : undefined;
  const confirmation: Omit<Confirmation, 'proof'> = { upkeep: [], renewed: false, halfway: false, beside: () => (isOpen ? ofMost : undefined) };
  const proof: Proof = {
    asking: () => ofMost ?? sessionWithPerson(db, visitor, id),
    asksMore([row]) {
      const isPart = (row as { isWhole?: boolean } | undefined)?.isWhole === false;
      if (isPart) ofMost = undefined;
      return isPart;
    },
    async confirm(rows) {
      const row = rows[0] as Partial<Found> & Pick<Found, 'session' | 'user' | 'needed'> | undefined;
      const found = row && { permissions: null, scopes: null, seen: null, ...row };
      const now = Date.now();
      if (!found || isOver(found, now)) return visitor;
      const { user, session } = await luciaOver(adapterOver(found, db, (s) => void confirmation.upkeep.push(s), id), https).validateSession(secret);
      confirmation.halfway = user !== null && found.session.halfway;
      confirmation.renewed = session?.fresh === true && !found.session.halfway;
      if (user && !found.session.halfway && now - found.session.seenAt.getTime() > LIFE.noted) confirmation.upkeep.push(db.update(sessions).set({ seenAt: new Date(now) }).where(eq(sessions.id, found.session.id)));
      return user ? personOf(found, timeZone) : visitor;
    },
  };
  return Object.assign(confirmation, { proof });
}
