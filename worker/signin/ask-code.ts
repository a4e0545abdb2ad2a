import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { asked } from './asking.ts';
import { codeLetter, unknownLetter } from './emails.ts';
import { Asking } from './input.ts';
import { addressee } from './queries.ts';
import { newBrowserLink, newCode } from './secrets.ts';

/** Sends a six-digit code and a link to an address, for the browser that asks, or, where nobody has the address, a letter that says so. */
export const askForCode = operation({
  name: 'people.ask-for-code',
  input: Asking,
  subject: ({ email }) => addressee(email),
  may: anyone,
  decide(setting, { email, locale, browser, network, url }, { person }) {
    const wish = { address: email, userId: person?.id ?? null, data: { pair: setting.newId('one'), browser: hashOf(browser) } };
    const code = newCode(setting.db, setting, browser, wish);
    const link = newBrowserLink(setting.db, setting, browser, wish);
    const to = { to: email, locale: person?.locale ?? locale, url };
    const letter = person ? codeLetter(to, code.secret, link.secret) : unknownLetter(to, 'code');
    return asked(setting, { person, network, letter, secrets: [code, link], event: 'person.asked_for_code' });
  },
});
