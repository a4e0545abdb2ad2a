import { eq } from 'drizzle-orm';
import { deviceNoticed } from '../people/devices.ts';
import { isSuspended } from '../people/schema.ts';
import { entered, isAdmitted } from '../people/sessions.ts';
import { shutBy, ShutOut } from '../people/shut.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { challengeIn, toEnter } from './challenge.ts';
import { PasskeyAnswer } from './input.ts';
import { passkeyBy } from './queries.ts';
import { passkeys } from './schema.ts';
import { answeredBy } from './webauthn.ts';

/**
 * Opens a session by a passkey, which says by itself whose it is and is a second factor too. The session they came with, waiting for its second factor or
 * asked to prove itself again, ends. Who is signed in already can only prove that they are themself.
 */
export const enterByPasskey = operation({
  name: 'proofs.enter-by-passkey',
  input: PasskeyAnswer,
  subject: ({ credential }) => passkeyBy(credential.id),
  may: anyone,
  async decide(setting, { credential, challenge, url, session, https, device, place }, found) {
    const { db, viewer, now, secret } = setting;
    const given = challengeIn(secret, toEnter, challenge, now);
    if (!found || found.person.anonymisedAt || !(isAdmitted(found.person) || isSuspended(found.person))) throw new Refusal('invalid', 'This passkey is not known here, or not any more. Sign in another way.');
    const { passkey, person, decision } = found;
    if (viewer.id !== null && viewer.id !== person.id) throw new Refusal('forbidden', 'This passkey is somebody else’s.');
    const counter = await answeredBy(url, given.challenge, passkey, credential);
    if (isSuspended(person)) throw new ShutOut(shutBy(person, decision, secret));
    const { statements, result } = await entered(db, { person, https, now, proofs: ['passkey'], device, place }, session);
    return {
      statements: [db.update(passkeys).set({ counter, lastUsedAt: now }).where(eq(passkeys.id, passkey.id)), ...statements, ...deviceNoticed(db, setting, { person, device, place, url })],
      events: [given.used, { type: viewer.id === null ? 'person.signed_in' : 'person.proved_again', subject: person.id, actor: person.id, data: { device, place, proofs: ['passkey'] } }],
      result,
    };
  },
});
