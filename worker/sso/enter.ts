import { eq } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import { signsOf } from '../newcomers/access.ts';
import { lookedAt } from '../newcomers/schema.ts';
import { deviceNoticed } from '../people/devices.ts';
import { users } from '../people/schema.ts';
import { newSession } from '../people/sessions.ts';
import { type DomainEvent, operation, type Setting, type Writing } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import type { Locale } from '../platform/viewer.ts';
import { admitted, type Standing } from './admit.ts';
import { Arriving } from './input.ts';
import { standing } from './queries.ts';
import { identities } from './schema.ts';
import type { Word } from './vouched.ts';

type Person = typeof users.$inferSelect;

/** A part of a commit. */
interface Part {
  statements: Writing[];
  events: DomainEvent[];
}

const NOTHING: Part = { statements: [], events: [] };

/**
 * Lets somebody in by the word of a provider or of the company's product: finds them by identity, then by proved address, or makes them a
 * customer. `cookie` is the `Set-Cookie`; `halfway`: send them to the second step. One word lets in once.
 */
export const enter = operation({
  name: 'sso.enter',
  input: Arriving,
  subject: ({ vouched }) => standing(vouched.word),
  may: anyone,
  async decide(setting, { vouched: { word }, locale, https, device, place, url }, found) {
    const role = admitted(word, found, setting.secret);
    const account = accountOf(setting, word, found, role);
    const { person, part } = personOf(setting, word, found, { role, locale, accountId: account.id });
    const { statement, cookie, halfway } = await newSession(setting.db, { person, https, device, place, now: setting.now, proofs: [word.how] });
    return {
      statements: [
        ...account.part.statements, ...part.statements, ...linked(setting, word, found, person.id), statement,
        ...deviceNoticed(setting.db, setting, { person, device, place, url }),
      ],
      events: [
        ...account.part.events,
        ...part.events,
        { type: 'sign_in.used', subject: `sign-in ${word.once}`, revision: 1, data: {} },
        { type: 'person.signed_in', subject: person.id, actor: person.id, data: { how: word.how, provider: word.provider } },
      ],
      result: { cookie, halfway, role, locale: person.locale },
    };
  },
});

/** Where they belong: what the word names, which is made if it may be, else by the domain of their address. Staff belong to no account. */
function accountOf({ db, now, newId }: Setting, word: Word, { account, domainAccount }: Standing, role: Person['role']): { id: string | null; part: Part } {
  if (role !== 'customer') return { id: null, part: NOTHING };
  if (account) return { id: account.id, part: planned(db, account, word.plan) };
  if (!word.account || !word.makesAccounts) return { id: word.joinsByDomain ? domainAccount : null, part: NOTHING };
  const id = newId('acc');
  return {
    id,
    part: { statements: [db.insert(accounts).values({ id, name: word.account, plan: word.plan, createdAt: now })], events: [{ type: 'account.opened', subject: id, data: { name: word.account, by: word.provider } }] },
  };
}

const planned = (db: Setting['db'], { id, plan: from }: { id: string; plan: string | null }, plan: string | null): Part =>
  plan === null || plan === from ? NOTHING : { statements: [db.update(accounts).set({ plan }).where(eq(accounts.id, id))], events: [{ type: 'account.changed', subject: id, data: { from: { plan: from }, to: { plan } } }] };

interface Place {
  role: Person['role'];
  locale: Locale;
  accountId: string | null;
}

function personOf(setting: Setting, word: Word, found: Standing, at: Place): { person: Pick<Person, 'id' | 'email' | 'secondFactorAt' | 'locale'>; part: Part } {
  return found.person ? { person: found.person, part: returned(setting, word, found.person, at) } : arrived(setting, word, found, at);
}

/** Somebody new, whose address is proved. Who came by themself, and is of no account, a moderator may have to look at. */
function arrived({ db, now, newId }: Setting, word: Word, facts: Standing, { role, locale: read, accountId }: Place) {
  const id = newId('usr');
  const email = word.email!;
  const name = word.name ?? email.split('@')[0]!;
  const locale = word.locale ?? read;
  const person = { id, email, name, handle: `${slugOf(name)}-${id.slice(-6)}`, role, accountId, locale, verifiedAt: now, createdAt: now };
  const events: DomainEvent[] = [{ type: 'person.joined', subject: id, data: { provider: word.provider, role, account: accountId } }];
  const isStranger = word.how === 'oidc' && role === 'customer' && accountId === null;
  const signs = isStranger ? signsOf({ name, email, network: 'unknown', lately: 0, screens: [], now }, facts) : [];
  return { person: { id, email, locale, secondFactorAt: null }, part: { statements: [db.insert(users).values(person), ...lookedAt(db, id, signs, now)], events } };
}

/** Somebody who was here: the word may give them a role and a place; an address that was never proved is now, and what was set before is void. */
function returned({ db, now }: Setting, word: Word, person: Person, { role, accountId }: Place): Part {
  const moves = accountId !== null && accountId !== person.accountId && (word.account !== null || person.accountId === null);
  const changes = {
    ...(role === person.role ? {} : { role }),
    ...(moves ? { accountId, accountRole: 'member' as const } : {}),
    ...(person.verifiedAt ? {} : { verifiedAt: now, passwordHash: null }),
  };
  if (Object.keys(changes).length === 0) return NOTHING;
  const events: DomainEvent[] = [
    ...(role === person.role ? [] : [{ type: 'person.role_changed', subject: person.id, data: { from: person.role, to: role, provider: word.provider } } as const]),
    ...(moves ? [{ type: 'person.account_changed', subject: person.id, data: { from: person.accountId, to: accountId, provider: word.provider } } as const] : []),
    ...(person.verifiedAt ? [] : [{ type: 'person.verified', subject: person.id, data: { provider: word.provider } } as const]),
  ];
  return { statements: [db.update(users).set(changes).where(eq(users.id, person.id))], events };
}

/** From now on they are known by what the issuer calls them. */
const linked = ({ db, now }: Setting, { issuer, subject }: Word, { isKnown }: Standing, userId: string): Writing[] =>
  isKnown ? [] : [db.insert(identities).values({ issuer, subject, userId, createdAt: now })];
