import { attempted, type Counted, keyOf, mayTry } from '../platform/limits.ts';
import { type Change, type DomainEvent, operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import type { SignInKeys } from './access.ts';
import { deviceNoticed } from './devices.ts';
import { Credentials } from './input.ts';
import { passwordFits } from './password.ts';
import { credentials } from './queries.ts';
import { isSuspended } from './schema.ts';
import { type Entered, entered, isAdmitted, notEntered } from './sessions.ts';
import { type Shut, shutBy } from './shut.ts';

const WINDOW = 10 * MINUTE;
const MOST: Record<keyof SignInKeys, number> = { pair: 5, network: 20, address: 100, device: 5 };

const keysOf = (email: string, network: string, device = ''): SignInKeys => ({
  pair: keyOf('sign-in', `${email} ${network}`), network: keyOf('network', network), address: keyOf('address', email), device: keyOf('device', `${email} ${device}`),
});

/**
 * Which counts stand for this try. A browser in which the person signed in before has its own, so that no stranger's tries count against it. Where
 * nothing tells networks apart, all the world would be one: it is not counted then.
 */
const kinds = (isFamiliar: boolean, network: string): (keyof SignInKeys)[] => (isFamiliar ? ['device'] : network === 'unknown' ? ['pair', 'address'] : ['pair', 'network', 'address']);

/**
 * Opens a session: `cookie` is its `Set-Cookie`, `halfway` when the second factor is still to be shown. A wrong password is no refusal but a result without
 * a cookie, because it leaves a trace: after five for an address from one network, or twenty from a network, within ten minutes, the next has to wait, each
 * time longer. The same work is done whether or not anybody has the address. Who is suspended, and has the right
 * password, reads why and until when.
 */
export const signIn = operation({
  name: 'people.sign-in',
  input: Credentials,
  subject: ({ email, network, familiar }) => credentials(email, keysOf(email, network, familiar?.id), new Date(Date.now() - WINDOW)),
  may: anyone,
  async decide(setting, { email, password, network, device, place, familiar, https, url }, { person, tries, decision }): Promise<Change<Entered & { shut?: Shut }>> {
    const { db, now, secret } = setting;
    const keys = keysOf(email, network, familiar?.id);
    const isFamiliar = person !== null && familiar?.people.includes(person.id) === true;
    const counted = kinds(isFamiliar, network).map((kind): Counted => ({ key: keys[kind], tries: tries[kind], most: MOST[kind], within: WINDOW }));
    const guard = mayTry(counted, now, 'Too many wrong passwords. Wait some minutes, or sign in another way.');
    const fits = await passwordFits(password, person?.passwordHash);
    if (!fits || !person || !isAdmitted(person)) {
      return { guard, statements: attempted(db, counted.map(({ key }) => key), now), events: [failed(person?.id, { device, place })], result: fits && person && isSuspended(person) && person.anonymisedAt === null ? { ...notEntered, shut: shutBy(person, decision, secret) } : notEntered };
    }
    const { statements, result } = await entered(db, { person, https, now, proofs: ['password'], device, place });
    const noticed = deviceNoticed(db, setting, { person, device, place, url });
    return { guard, statements: [...statements, ...noticed], events: [{ type: 'person.signed_in', subject: person.id, actor: person.id, data: { device, place, proofs: ['password'], halfway: result.halfway, familiar: isFamiliar } }], result };
  },
});

/** Of an address that nobody has, the log tells only that it was tried. */
const failed = (person: string | undefined, data: Record<string, unknown>): DomainEvent => ({ type: 'person.sign_in_failed', subject: person ?? 'nobody', data });
