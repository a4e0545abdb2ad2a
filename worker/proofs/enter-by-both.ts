import { deviceNoticed } from '../people/devices.ts';
import { passwordFits } from '../people/password.ts';
import { isSuspended } from '../people/schema.ts';
import { type Entered, entered, isAdmitted, notEntered } from '../people/sessions.ts';
import { type Shut, shutBy } from '../people/shut.ts';
import { attempted, type Counted, keyOf, mayTry } from '../platform/limits.ts';
import { type Change, operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import type { BothKeys } from './access.ts';
import { spent } from './codes.ts';
import { Both } from './input.ts';
import { bothOf } from './queries.ts';
import { hashOfRecovery } from './recovery.ts';

const WINDOW = 10 * MINUTE;
const MOST: Record<keyof BothKeys, number> = { pair: 5, address: 50 };

const keysOf = (email: string, network: string): BothKeys => ({ pair: keyOf('both', `${email} ${network}`), address: keyOf('both', email) });

/**
 * Opens a session by password and code at once: the way in for owners of a second factor while wrong passwords, a stranger's perhaps, keep the other one
 * waiting. Which of the two was wrong is not told. Wrong ones are counted apart from those of the other way in.
 */
export const enterByBoth = operation({
  name: 'proofs.enter-by-both',
  input: Both,
  subject: ({ email, network, code }) => bothOf(email, hashOfRecovery(code), keysOf(email, network), new Date(Date.now() - WINDOW)),
  may: anyone,
  async decide(setting, { email, password, code, network, device, place, https, url }, { person, decision, factors, tries }): Promise<Change<Entered & { shut?: Shut }>> {
    const { db, now, secret } = setting;
    const keys = keysOf(email, network);
    const counted = (['pair', 'address'] as const).map((kind): Counted => ({ key: keys[kind], tries: tries[kind], most: MOST[kind], within: WINDOW }));
    const guard = mayTry(counted, now, 'Too many wrong tries. Wait some minutes, then try again.');
    const fits = await passwordFits(password, person?.passwordHash);
    const fitting = fits && person && !person.anonymisedAt ? spent(setting, person.id, factors, code) : undefined;
    if (!fitting || !person || !isAdmitted(person)) {
      return { guard, statements: attempted(db, Object.values(keys), now), events: [{ type: 'person.sign_in_failed', subject: person?.id ?? 'nobody', data: { device, place, step: 'both' } }], result: fitting && person && isSuspended(person) ? { ...notEntered, shut: shutBy(person, decision, secret) } : notEntered };
    }
    const proofs = ['password', fitting.proof];
    const { statements, result } = await entered(db, { person, https, now, proofs, device, place });
    return { guard, statements: [...fitting.statements, ...statements, ...deviceNoticed(db, setting, { person, device, place, url })], events: [...fitting.events, { type: 'person.signed_in', subject: person.id, actor: person.id, data: { device, place, proofs } }], result };
  },
});
