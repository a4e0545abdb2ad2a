import { eq, sql } from 'drizzle-orm';
import { sessions } from '../people/schema.ts';
import { type Entered, entered, notEntered } from '../people/sessions.ts';
import { type Change, type Guard, operation } from '../platform/operation.ts';
import { Refusal, signedOut } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import { spent } from './codes.ts';
import { SecondStep } from './input.ts';
import { standingIn } from './queries.ts';
import { hashOfRecovery } from './recovery.ts';

const WINDOW = 10 * MINUTE;

/** Wrong codes after which one starts over, and those of all of a person's sessions within ten minutes after which one has to wait. */
export const TRIES = { session: 5, person: 10 };

const tooMany = () => new Refusal('too_many', 'Too many wrong codes. Wait ten minutes, then sign in again.', {}, WINDOW / 1000);

/**
 * The second step of signing in: a session that waits for it becomes a whole one with a new secret, `cookie`, by a code of the app or from paper. A wrong
 * code is a result without a cookie and is counted.
 */
export const proveSecond = operation({
  name: 'proofs.second',
  input: SecondStep,
  subject: ({ session, code }) => standingIn(session, hashOfRecovery(code), '', new Date(Date.now() - WINDOW)),
  may: anyone,
  async decide(setting, { session: secret, code, https, device, place }, found): Promise<Change<Entered>> {
    const { db, now } = setting;
    if (!found?.session.halfway) throw signedOut();
    const { session, person, factors, missed } = found;
    if (session.tries >= TRIES.session || missed >= TRIES.person) throw tooMany();
    const guard: Guard = { holds: sql`coalesce((select tries from sessions where id = ${session.id}), ${TRIES.session}) <= ${session.tries}`, otherwise: tooMany() };
    const fitting = spent(setting, person.id, factors, code);
    if (!fitting) {
      const counted = db.update(sessions).set({ tries: sql`tries + 1` }).where(eq(sessions.id, session.id));
      return { guard, statements: [counted], events: [{ type: 'person.sign_in_failed', subject: person.id, data: { device, place, step: 'second' } }], result: notEntered };
    }
    const proofs = [...session.proofs, fitting.proof];
    const { statements, result } = await entered(db, { person, https, now, proofs, device, place }, secret);
    return { guard, statements: [...fitting.statements, ...statements], events: [...fitting.events, { type: 'person.signed_in', subject: person.id, actor: person.id, data: { device, place, proofs } }], result };
  },
});
