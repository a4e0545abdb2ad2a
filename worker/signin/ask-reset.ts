import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { asked } from './asking.ts';
import { resetLetter, unknownLetter } from './emails.ts';
import { Asking } from './input.ts';
import { addressee } from './queries.ts';
import { newSecret } from './secrets.ts';

/** Sends the way to a new password to an address, or, where nobody has it, a letter that says so. */
export const askForReset = operation({
  name: 'people.ask-for-reset',
  input: Asking,
  subject: ({ email }) => addressee(email),
  may: anyone,
  decide(setting, { email, locale, network, url }, { person }) {
    const link = newSecret(setting.db, setting, { purpose: 'reset', address: email, userId: person?.id ?? null });
    const to = { to: email, locale: person?.locale ?? locale, url };
    return asked(setting, { person, network, letter: person ? resetLetter(to, link.secret) : unknownLetter(to, 'reset'), secrets: [link], event: 'person.asked_for_reset' });
  },
});
