import { eq } from 'drizzle-orm';
import { attempted, keyOf, mayTry } from '../platform/limits.ts';
import { type Change, operation } from '../platform/operation.ts';
import { Refusal, signedOut } from '../platform/refusal.ts';
import { freshly, isStale, signedIn } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import { oneTimeSecrets } from '../signin/schema.ts';
import { PasswordChange } from './input.ts';
import { hashPassword, passwordFits } from './password.ts';
import { myPassword } from './queries.ts';
import { sessions, users } from './schema.ts';
import { newSession } from './sessions.ts';

const WINDOW = 10 * MINUTE;
const MOST = 5;

const keyOfSession = (session: string) => keyOf('old password', session);

/**
 * A new password for the old one; a first one for who has proved lately that it is them. Every other session ends, every link and code under way too, and
 * this one gets a new secret: `cookie`. It is null when the old password is wrong, which is counted.
 */
export const changePassword = operation({
  name: 'people.change-password',
  input: PasswordChange,
  subject: ({ session }) => myPassword(session, keyOfSession(session), new Date(Date.now() - WINDOW)),
  may: signedIn,
  async decide({ db, viewer, now }, { old, password, session, device, place, https }, found): Promise<Change<{ cookie: string | null }>> {
    if (!found) throw signedOut();
    const { person, proofs, tries } = found;
    const key = keyOfSession(session);
    const guard = mayTry([{ key, tries, most: MOST, within: WINDOW }], now, 'Too many wrong passwords. Wait some minutes, or sign in another way.');
    if (person.passwordHash === null && isStale(freshly(signedIn), viewer, now)) throw new Refusal('stale', 'Prove that it is you, then do it again.');
    if (person.passwordHash !== null && !(await passwordFits(old, person.passwordHash))) return { guard, statements: attempted(db, [key], now), events: [], result: { cookie: null } };
    const { statement, cookie } = await newSession(db, { person, https, now, proofs, device, place });
    return {
      guard,
      statements: [
        db.update(users).set({ passwordHash: await hashPassword(password) }).where(eq(users.id, person.id)),
        db.delete(sessions).where(eq(sessions.userId, person.id)),
        db.delete(oneTimeSecrets).where(eq(oneTimeSecrets.userId, person.id)),
        statement,
      ],
      events: [{ type: 'person.password_changed', subject: person.id, data: { first: person.passwordHash === null } }],
      result: { cookie },
    };
  },
});
