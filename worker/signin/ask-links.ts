import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import { asked } from './asking.ts';
import { linksLetter, noLinksLetter, ownTicketsLetter } from './emails.ts';
import { AskingLinks } from './input.ts';
import { holderOfLinks } from './queries.ts';

/** Milliseconds between two letters with links to one address. */
const PAUSE = 10 * MINUTE;

/**
 * Mails a guest the links of the tickets that they asked, those closed for good aside, to the address that the tickets are of: whoever can sign in is told to, and who
 * has none that there are none. The answer, and its time, are the same for everybody.
 */
export const askForLinks = operation({
  name: 'people.ask-for-links',
  input: AskingLinks,
  subject: ({ email }) => holderOfLinks(email),
  may: anyone,
  decide(setting, { email, locale, network, url }, { person, tickets, waiting }) {
    const to = { to: email, locale: person?.locale ?? locale, url };
    const all = [...tickets, ...waiting];
    const letter = person?.verifiedAt ? ownTicketsLetter(to) : all.length > 0 ? linksLetter(to, setting.secret, all) : noLinksLetter(to);
    return asked(setting, { person, network, letter, secrets: [], pause: PAUSE, event: 'person.asked_for_links' });
  },
});
