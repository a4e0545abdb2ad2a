import { passwordFits } from '../people/password.ts';
import { type Entered, entered, notEntered } from '../people/sessions.ts';
import { attempted, keyOf, mayTry } from '../platform/limits.ts';
import { type Change, operation } from '../platform/operation.ts';
import { signedOut } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import { spent } from './codes.ts';
import { Again } from './input.ts';
import { standingIn } from './queries.ts';
import { hashOfRecovery } from './recovery.ts';

const WINDOW = 10 * MINUTE;
const MOST = 5;

const keyOfSession = (session: string) => keyOf('again', session);

/**
 * Proves once more that somebody who is signed in is themself, by their password or a code: their session gets a new secret, `cookie`, and counts as fresh.
 * If it never showed the second factor that they have by now, it is `halfway`. A wrong answer is a result without a cookie; after five the next has to wait.
 */
export const proveAgain = operation({
  name: 'proofs.again',
  input: Again,
  subject: ({ session, code }) => standingIn(session, hashOfRecovery(code), keyOfSession(session), new Date(Date.now() - WINDOW)),
  may: signedIn,
  async decide(setting, { session: secret, code, password, https, device, place }, found): Promise<Change<Entered>> {
    const { db, now, viewer } = setting;
    if (!found || found.session.halfway || found.person.id !== viewer.id) throw signedOut();
    const { session, person, factors, tries } = found;
    const key = keyOfSession(secret);
    const guard = mayTry([{ key, tries, most: MOST, within: WINDOW }], now, 'Too many wrong tries. Wait some minutes, then try again.');
    const fitting = code ? spent(setting, person.id, factors, code) : undefined;
    const fits = fitting !== undefined || (password !== '' && (await passwordFits(password, person.passwordHash)));
    if (!fits) return { guard, statements: attempted(db, [key], now), events: [], result: notEntered };
    const proof = fitting?.proof ?? 'password';
    const { statements, result } = await entered(db, { person, https, now, proofs: [...new Set([...session.proofs, proof])], device, place }, secret);
    return { guard, statements: [...(fitting?.statements ?? []), ...statements], events: [...(fitting?.events ?? []), { type: 'person.proved_again', subject: person.id, data: { proof } }], result };
  },
});
