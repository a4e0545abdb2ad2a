import { eq } from 'drizzle-orm';
import { lookedAt, type Sign } from '../newcomers/schema.ts';
import { isOwn, OWN } from '../people/input.ts';
import { hashPassword } from '../people/password.ts';
import { users } from '../people/schema.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { consented } from '../privacy/schema.ts';
import { slugOf } from '../platform/slug.ts';
import type { Locale } from '../platform/viewer.ts';
import { isProved } from './asking.ts';
import { entered, spentLink } from './entering.ts';
import { Verifying } from './input.ts';
import { opening } from './queries.ts';
import { allUsedUp, hashOfLink, isFrom } from './secrets.ts';

type Person = typeof users.$inferSelect;

/** What was kept of a sign-up. */
interface SignedUp {
  name: string;
  passwordHash: string;
  locale: Locale;
  browser: string;
  /** Why a moderator looks at them. */
  signs?: Sign[];
  /** The path that they wanted to see. */
  next?: string;
}

/**
 * Proves that an address is theirs, makes the person or takes the staged one over, and signs them in. Whoever signed up may have been somebody
 * else: their name, password, consent and aim count only in the browser that they signed up in. In another one a password may be chosen now.
 */
export const verifyAddress = operation({
  name: 'people.verify',
  input: Verifying,
  subject: ({ key }) => opening(hashOfLink('verify', key)),
  may: anyone,
  async decide(setting, { browser, password, ...arrival }, { secret, person, decision }) {
    if (!secret) throw spentLink();
    const signedUp = secret.data as unknown as SignedUp;
    const isHere = isFrom(browser, signedUp.browser);
    if (password && isOwn(password, { name: person?.name ?? signedUp.name, email: secret.address })) throw invalid({ password: OWN });
    const chosen = password ? await hashPassword(password) : isHere ? signedUp.passwordHash : null;
    const { verified, statements } = becoming(setting, secret.address, person, { ...signedUp, isHere, passwordHash: chosen });
    const entry = await entered(setting, { ...arrival, person: verified, decision, mark: secret.hash });
    return {
      ...entry,
      result: { ...entry.result, next: isHere ? signedUp.next : undefined },
      statements: [allUsedUp(setting.db, 'verify', secret.address), ...statements, ...(isProved(person) ? [] : lookedAt(setting.db, verified.id, signedUp.signs ?? [], setting.now)), ...(isHere ? consented(setting.db, verified.id, signedUp.locale, setting.now) : []), ...entry.statements],
      events: [...entry.events, ...(isProved(person) ? [] : [{ type: 'person.verified' as const, subject: verified.id, data: {} }])],
    };
  },
});

interface Taking extends Pick<SignedUp, 'name' | 'locale'> {
  passwordHash: string | null;
  isHere: boolean;
}

/** The person that an address's owner becomes. Who had proved it before stays as they are. */
function becoming({ db, now, newId }: Setting, email: string, person: Person | null, { name, locale, passwordHash, isHere }: Taking): { verified: Person; statements: Writing[] } {
  if (person && isProved(person)) return { verified: person, statements: [] };
  if (person) {
    const change = { verifiedAt: now, passwordHash, ...(isHere ? { name, locale } : {}) };
    return { verified: { ...person, ...change }, statements: [db.update(users).set(change).where(eq(users.id, person.id))] };
  }
  const id = newId('usr');
  const row = { id, email, name, locale, passwordHash, handle: `${slugOf(name)}-${id.slice(-6)}`, verifiedAt: now, createdAt: now };
  return { verified: { ...row, role: 'customer', secondFactorAt: null, suspendedAt: null } as Person, statements: [db.insert(users).values(row)] };
}
