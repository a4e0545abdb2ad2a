import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';
import { mailedLink } from '../tickets/link.ts';
import type { Linked } from './access.ts';

/** To whom a letter goes, and which workspace it is from. */
interface To {
  to: string;
  locale: Locale;
  /** Public address of the workspace. */
  url: string;
}

/** The address of a page in the reader's language. */
const at = ({ url, locale }: To, path: string) => `${url}${locale === 'el' ? '/el' : ''}${path}`;
const siteOf = ({ url }: To) => new URL(url).host;

const NOT_YOU = {
  en: 'If it was not you, do nothing: without this letter nobody gets in.',
  el: 'Αν δεν ήσασταν εσείς, μην κάνετε τίποτα: χωρίς αυτό το μήνυμα δεν μπαίνει κανείς.',
};

const laid = (to: To, purpose: string, words: Omit<Parameters<typeof letter>[0], 'to' | 'locale' | 'purpose' | 'values'>): Letter =>
  letter({ to: to.to, locale: to.locale, purpose, event: purpose, values: { site: siteOf(to) }, ...words });

/** Asks whether the address is theirs. Nothing in it is chosen by who signed up. */
export const verifyLetter = (to: To, key: string) =>
  laid(to, 'verify', to.locale === 'el'
    ? { subject: 'Επιβεβαιώστε τη διεύθυνσή σας', lead: [`Κάποιος, ελπίζουμε εσείς, έκανε εγγραφή στο ${siteOf(to)} με αυτή τη διεύθυνση.`], action: { label: 'Επιβεβαίωση διεύθυνσης', url: at(to, `/sign-up/verify?key=${key}`) }, end: ['Ο σύνδεσμος ισχύει μία φορά, για μία ημέρα.', NOT_YOU.el] }
    : { subject: 'Confirm your address', lead: [`Somebody, hopefully you, signed up at ${siteOf(to)} with this address.`], action: { label: 'Confirm the address', url: at(to, `/sign-up/verify?key=${key}`) }, end: ['The link works once, for a day.', NOT_YOU.en] });

/** To who signs up with an address that has an account. */
export const knownLetter = (to: To) =>
  laid(to, 'verify', to.locale === 'el'
    ? { event: 'known', subject: 'Έχετε ήδη λογαριασμό', lead: [`Κάποιος, ελπίζουμε εσείς, θέλησε να κάνει εγγραφή στο ${siteOf(to)} με αυτή τη διεύθυνση. Έχει ήδη λογαριασμό.`], action: { label: 'Σύνδεση', url: at(to, '/sign-in') }, end: [`Ξεχάσατε τον κωδικό; ${at(to, '/sign-in/forgot')}`, 'Αν δεν ήσασταν εσείς, μην κάνετε τίποτα.'] }
    : { event: 'known', subject: 'You have an account', lead: [`Somebody, hopefully you, wanted to sign up at ${siteOf(to)} with this address. It has an account already.`], action: { label: 'Sign in', url: at(to, '/sign-in') }, end: [`You forgot the password? ${at(to, '/sign-in/forgot')}`, 'If it was not you, there is nothing to do.'] });

/** To who asks for a way in with an address that nobody has. */
export const unknownLetter = (to: To, purpose: 'reset' | 'code') =>
  laid(to, purpose, to.locale === 'el'
    ? { event: 'unknown', subject: 'Δεν υπάρχει λογαριασμός με αυτή τη διεύθυνση', lead: [`Κάποιος, ελπίζουμε εσείς, θέλησε να συνδεθεί στο ${siteOf(to)} με αυτή τη διεύθυνση. Δεν υπάρχει λογαριασμός με αυτήν· ίσως χρησιμοποιήσατε άλλη.`], action: { label: 'Εγγραφή', url: at(to, '/sign-up') }, end: ['Αν δεν ήσασταν εσείς, μην κάνετε τίποτα.'] }
    : { event: 'unknown', subject: 'No account with this address', lead: [`Somebody, hopefully you, wanted to sign in at ${siteOf(to)} with this address. There is no account with it; perhaps you used another.`], action: { label: 'Sign up', url: at(to, '/sign-up') }, end: ['If it was not you, there is nothing to do.'] });

/** The way back to a forgotten password. */
export const resetLetter = (to: To, key: string) =>
  laid(to, 'reset', to.locale === 'el'
    ? { subject: 'Διαλέξτε νέο κωδικό', lead: [`Κάποιος, ελπίζουμε εσείς, ξέχασε τον κωδικό αυτού του λογαριασμού στο ${siteOf(to)}.`], action: { label: 'Νέος κωδικός', url: at(to, `/sign-in/reset?key=${key}`) }, end: ['Ο σύνδεσμος ισχύει μία φορά, για μισή ώρα.', NOT_YOU.el] }
    : { subject: 'Choose a new password', lead: [`Somebody, hopefully you, forgot the password of this account at ${siteOf(to)}.`], action: { label: 'Choose a password', url: at(to, `/sign-in/reset?key=${key}`) }, end: ['The link works once, for half an hour.', NOT_YOU.en] });

/** A code to type in, or a link to press, in the browser that asked for it. */
export const codeLetter = (to: To, code: string, key: string) =>
  laid(to, 'code', to.locale === 'el'
    ? { subject: 'Ο κωδικός μίας χρήσης για τη σύνδεσή σας', lead: [`Γράψτε τον εκεί όπου τον ζητήσατε, στο ${siteOf(to)}:`], code, action: { label: 'Ή συνδεθείτε με αυτόν τον σύνδεσμο, στον ίδιο browser', url: at(to, `/sign-in/link?key=${key}`) }, end: ['Ισχύουν μία φορά, για δέκα λεπτά. Μην τους δώσετε σε κανέναν: εμείς δεν τους ζητάμε ποτέ.', NOT_YOU.el] }
    : { subject: 'Your sign-in code', lead: [`Enter it where you asked for it, at ${siteOf(to)}:`], code, action: { label: 'Or sign in by this link, in the same browser', url: at(to, `/sign-in/link?key=${key}`) }, end: ['They work once, for ten minutes. Give them to nobody: we never ask for them.', NOT_YOU.en] });

/** Six digits that let a form pass. Nothing in it is chosen by who filled in the form. */
export const proofLetter = (to: To, code: string) =>
  laid(to, 'proof', to.locale === 'el'
    ? { subject: 'Ο κωδικός για τη φόρμα σας', lead: [`Κάποιος, ελπίζουμε εσείς, συμπληρώνει μια φόρμα στο ${siteOf(to)} με αυτή τη διεύθυνση. Γράψτε εκεί τον κωδικό:`], code, end: ['Ισχύει για αυτή τη φόρμα, για ένα τέταρτο. Δεν ανοίγει τίποτε άλλο.', 'Αν δεν ήσασταν εσείς, μην κάνετε τίποτα.'] }
    : { subject: 'The code for your form', lead: [`Somebody, hopefully you, fills in a form at ${siteOf(to)} with this address. Enter the code there:`], code, end: ['It counts for this form, for a quarter of an hour. It opens nothing else.', 'If it was not you, there is nothing to do.'] });

const LINKS = {
  en: {
    subject: 'The links of your tickets', asked: (site: string) => `Somebody, hopefully you, asked for the links of the tickets that this address has at ${site}.`, care: 'Whoever has a link can read and answer, so share it with care.', ticket: (number: number) => `Ticket ${number}`,
    code: (url: string) => `You can also sign in with this address, by a code that we mail you: ${url}`, none: 'No open ticket with this address', noneLead: 'There is none that is open; perhaps you used another address. One that was closed you follow up by opening a new one.', open: 'Open a ticket', own: 'Sign in to see your tickets', ownLead: 'You have an account: sign in, and all your tickets are there.', signIn: 'Sign in', nothing: 'If it was not you, there is nothing to do.',
  },
  el: {
    subject: 'Οι σύνδεσμοι των αιτημάτων σας', asked: (site: string) => `Κάποιος, ελπίζουμε εσείς, ζήτησε τους συνδέσμους των αιτημάτων που έχει αυτή η διεύθυνση στο ${site}.`, care: 'Όποιος έχει έναν σύνδεσμο μπορεί να διαβάσει και να απαντήσει, οπότε μην τον δίνετε εύκολα.', ticket: (number: number) => `Αίτημα ${number}`,
    code: (url: string) => `Με αυτή τη διεύθυνση μπορείτε και να συνδεθείτε, με κωδικό που σας στέλνουμε: ${url}`, none: 'Κανένα ανοιχτό αίτημα με αυτή τη διεύθυνση', noneLead: 'Δεν υπάρχει κανένα ανοιχτό· ίσως χρησιμοποιήσατε άλλη διεύθυνση. Όποιο έκλεισε, το συνεχίζετε ανοίγοντας νέο.', open: 'Νέο αίτημα', own: 'Συνδεθείτε για να δείτε τα αιτήματά σας', ownLead: 'Έχετε λογαριασμό: συνδεθείτε και θα βρείτε εκεί όλα τα αιτήματά σας.', signIn: 'Σύνδεση', nothing: 'Αν δεν ήσασταν εσείς, μην κάνετε τίποτα.',
  },
};

/** A letter to who asks for links. Its subject is nothing that a guest typed. */
const aboutLinks = (to: To, { lead, end, ...rest }: { event: string; subject: string; lead: string[]; end?: string[] } & Pick<Parameters<typeof letter>[0], 'action' | 'choices'>): Letter =>
  letter({ to: to.to, locale: to.locale, purpose: 'links', values: { site: siteOf(to) }, ...rest, lead: [LINKS[to.locale].asked(siteOf(to)), ...lead], end: [...(end ?? []), LINKS[to.locale].nothing] });

/** The links of a guest’s tickets, each with what the ticket is about, once the team answered it. */
export function linksLetter(to: To, secret: string, tickets: Linked[]): Letter {
  const words = LINKS[to.locale];
  const choices = tickets.map(({ number, round, subject }) => ({ ...(subject ? { about: subject } : {}), label: words.ticket(number), url: at(to, mailedLink(secret, number, round)) }));
  return aboutLinks(to, { event: 'links', subject: words.subject, lead: [words.care], choices, end: [words.code(at(to, '/sign-in/code'))] });
}

/** To who asks for links with an address that has no such ticket. */
export const noLinksLetter = (to: To) => aboutLinks(to, { event: 'links-none', subject: LINKS[to.locale].none, lead: [LINKS[to.locale].noneLead], action: { label: LINKS[to.locale].open, url: at(to, '/tickets/new') } });

/** To who asks for links and can sign in. */
export const ownTicketsLetter = (to: To) => aboutLinks(to, { event: 'links-own', subject: LINKS[to.locale].own, lead: [LINKS[to.locale].ownLead], action: { label: LINKS[to.locale].signIn, url: `${at(to, '/sign-in')}?next=${encodeURIComponent(at({ ...to, url: '' }, '/tickets'))}` } });

/** Says that the password is another now. */
export const changedLetter = (to: To) =>
  laid(to, 'password-changed', to.locale === 'el'
    ? { subject: 'Ο κωδικός σας άλλαξε', lead: [`Ο κωδικός του λογαριασμού σας στο ${siteOf(to)} μόλις άλλαξε, και όλες οι άλλες συνδέσεις τελείωσαν.`], end: [`Αν δεν ήσασταν εσείς, διαλέξτε αμέσως νέο: ${at(to, '/sign-in/forgot')}`] }
    : { subject: 'Your password was changed', lead: [`The password of your account at ${siteOf(to)} was changed just now, and every other session ended.`], end: [`If it was not you, choose another at once: ${at(to, '/sign-in/forgot')}`] });
