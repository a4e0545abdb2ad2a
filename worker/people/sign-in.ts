import { attempted, keyOf } from '../platform/limits.ts';
import { type Change, operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import type { Locale, Role } from '../platform/viewer.ts';
import { Credentials } from './input.ts';
import { passwordFits } from './password.ts';
import { credentials } from './queries.ts';
import { newSession } from './sessions.ts';

const WINDOW = 10 * 60_000;
const MOST = { byAddress: 5, byNetwork: 20 };

const keysOf = (email: string, network: string) => [keyOf('email', email), keyOf('network', network)];
/** Where nothing tells networks apart, all the world would be one: then only addresses are counted. */
const isKnown = (network: string) => network !== 'unknown';

interface SignedIn {
  cookie: string | null;
  role: Role | null;
  locale: Locale | null;
}

/**
 * Opens a session: `cookie` is its `Set-Cookie`. A wrong password is no refusal but a result without a cookie, because it leaves a trace:
 * after five for an address or twenty from a network within ten minutes, the next has to wait.
 */
export const signIn = operation({
  name: 'people.sign-in',
  input: Credentials,
  subject: ({ email, network }) => credentials(email, keysOf(email, network), new Date(Date.now() - WINDOW)),
  may: anyone,
  async decide({ db, now }, { email, password, network, https }, { person, byAddress, byNetwork }): Promise<Change<SignedIn>> {
    if (byAddress >= MOST.byAddress || (isKnown(network) && byNetwork >= MOST.byNetwork)) {
      throw new Refusal('too_many', 'Too many wrong passwords. Wait ten minutes, then try again.', {}, WINDOW / 1000);
    }
    if (!(await passwordFits(password, person?.passwordHash)) || !person) {
      return { statements: attempted(db, keysOf(email, network), now), events: [], result: { cookie: null, role: null, locale: null } };
    }
    const { statement, cookie } = await newSession(db, { person, https, now, proofs: ['password'] });
    return {
      statements: [statement],
      events: [{ type: 'person.signed_in', subject: person.id, data: {} }],
      result: { cookie, role: person.role, locale: person.locale },
    };
  },
});
