import { signsOf } from '../newcomers/access.ts';
import { hashPassword } from '../people/password.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { HOUR } from '../platform/time.ts';
import { doubtIn, isBarred, isListed, isTooQuick, proven } from '../screening/access.ts';
import { asked, isProved, keyOfNetwork } from './asking.ts';
import { knownLetter, verifyLetter } from './emails.ts';
import { NewPerson } from './input.ts';
import { newcomer } from './queries.ts';
import { newSecret } from './secrets.ts';

/**
 * Sends a link to an address, whoever has it: to verify it, or, where it has an account, a letter that says so. Name, password
 * and where they wanted to go wait with the link, and count once it was used. Who may be a program shows first that they are none.
 */
export const signUp = operation({
  name: 'people.sign-up',
  input: NewPerson,
  subject: ({ email, network }) => newcomer(email, keyOfNetwork(network), new Date(Date.now() - HOUR)),
  may: anyone,
  async decide(setting, { name, email, password, locale, browser, network, url, next }, { person, isOpen, screens, isBlocked, rules, lately, ...facts }) {
    if (!isOpen) throw new Refusal('forbidden', 'Nobody signs themselves up here. Ask the people who run this portal to invite you.');
    if (isBarred(screens, email, network, setting.now)) throw new Refusal('forbidden', 'You cannot sign up from here. Write to the people who run this portal.');
    if (isBlocked) throw new Refusal('forbidden', 'Nobody signs up here with this address. Write to us if you think that is a mistake.');
    const isFast = isTooQuick(setting.formAge);
    if (isFast && !rules.challenge) throw new Refusal('invalid', 'That was very quick. Look at it once more, then send it again.');
    const doubt = doubtIn({ isFast, lately: network === 'unknown' ? 0 : lately, isListed: isListed({ email, network, text: '', now: setting.now, screens, words: [] }) });
    const proof = proven(setting, { who: network, reads: email, doubt, rules });
    const passwordHash = await hashPassword(password);
    const signs = signsOf({ name, email, network, lately, screens, now: setting.now }, facts);
    const link = newSecret(setting.db, setting, { purpose: 'verify', address: email, data: { name, passwordHash, locale, signs, browser: hashOf(browser), next } });
    const to = { to: email, locale: person?.locale ?? locale, url };
    const letter = isProved(person) ? knownLetter(to) : verifyLetter(to, link.secret);
    const change = asked(setting, { person, network, letter, secrets: [link], event: 'person.asked_to_sign_up' });
    return { ...change, statements: [...proof, ...change.statements] };
  },
});
