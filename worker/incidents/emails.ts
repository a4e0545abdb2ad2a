import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';
import { stopLink, waitLink } from './link.ts';

interface To {
  to: string;
  locale: Locale;
  /** Public address of the workspace. */
  url: string;
  /** What opens, and stops, the wait that the letter is about. */
  key: string;
}

const at = ({ url, locale }: Pick<To, 'url' | 'locale'>, path: string) => `${url}${locale === 'el' ? '/el' : ''}${path}`;
const headersOf = (to: To) => ({ 'List-Unsubscribe': `<${at(to, stopLink(to.key))}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' });
const laid = (to: To, purpose: string, words: Pick<Parameters<typeof letter>[0], 'subject' | 'lead' | 'action' | 'end'>): Letter => letter({ to: to.to, locale: to.locale, purpose, headers: headersOf(to), ...words });

/** Asks whether they want to hear of it. Nothing in it is chosen by who gave the address. */
export const confirmLetter = (to: To) =>
  laid(to, 'await', to.locale === 'el'
    ? { subject: 'Να σας ειδοποιήσουμε όταν διορθωθεί;', lead: [`Κάποιος, ελπίζουμε εσείς, ζήτησε στο ${new URL(to.url).host} να ειδοποιηθεί αυτή η διεύθυνση όταν διορθωθεί ένα γνωστό πρόβλημα.`], action: { label: 'Ναι, ειδοποιήστε με', url: at(to, waitLink(to.key)) }, end: ['Ο σύνδεσμος ισχύει μία ημέρα. Ύστερα θα λάβετε ένα μόνο μήνυμα, και η διεύθυνσή σας θα διαγραφεί.', 'Αν δεν ήσασταν εσείς, μην κάνετε τίποτα: δεν θα σας ξαναγράψουμε γι’ αυτό.'] }
    : { subject: 'Shall we tell you when it is fixed?', lead: [`Somebody, hopefully you, asked at ${new URL(to.url).host} that this address be told when a known problem is fixed.`], action: { label: 'Yes, tell me', url: at(to, waitLink(to.key)) }, end: ['The link works for a day. You get one letter then, and your address is erased.', 'If it was not you, do nothing: we do not write to you of it again.'] });

/** Says that it is fixed. */
export const fixedLetter = (to: To, title: string | null, path: string | null) => {
  const open = at(to, path ?? '/');
  return laid(to, 'fixed', to.locale === 'el'
    ? { subject: 'Διορθώθηκε', lead: ['Αυτό που περιμένατε διορθώθηκε:', title ?? 'ένα γνωστό πρόβλημα.'], action: { label: path ? 'Δείτε το' : 'Στην πύλη', url: open }, end: ['Αυτό ήταν το μόνο μήνυμα. Η διεύθυνσή σας διαγράφηκε.', `Αν το πρόβλημα συνεχίζεται, ανοίξτε αίτημα: ${at(to, '/tickets/new')}`] }
    : { subject: 'It is fixed', lead: ['What you waited for is fixed:', title ?? 'a known problem.'], action: { label: path ? 'Have a look' : 'To the portal', url: open }, end: ['This was the only letter. Your address is erased.', `If you still have the problem, open a ticket: ${at(to, '/tickets/new')}`] });
};
