import type { statedActions } from '../moderation/schema.ts';
import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';

type Action = (typeof statedActions)[number];

interface Decision {
  to: string;
  locale: Locale;
  action: Action;
  /** The rule, `spam`. */
  code: string;
  /** What whoever decided says; empty when nothing. */
  words: string;
  isAutomatic: boolean;
  /** Until when it lasts; nothing is for good. */
  until: Date | null;
  appealUntil: Date;
  /** Whole address of its page, which opens without signing in. */
  url: string;
}

const day = (locale: Locale, at: Date) => new Intl.DateTimeFormat(locale === 'el' ? 'el-GR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);

const WORDS = {
  en: {
    what: { hidden: 'Your post is hidden', removed: 'Your post was removed', locked: 'Your topic was locked', warned: 'You have been warned', silenced: 'You may read, but not write in the community', suspended: 'Your account is suspended' } satisfies Record<Action, string>,
    codes: { off_topic: 'off topic', inappropriate: 'rude or hurtful', spam: 'advertising', illegal: 'against the law', other: 'another reason' } as Record<string, string>,
    why: (code: string) => `The reason: ${code}.`,
    until: (date: string) => `Until ${date}.`,
    forGood: 'Until somebody decides otherwise.',
    by: { rule: 'This was decided by a rule, without a person.', person: 'This was decided by a person.' },
    appeal: (date: string) => `Do you see it otherwise? You can appeal until ${date} on this page, without signing in. Somebody else will decide.`,
    open: 'Read the decision, or appeal',
  },
  el: {
    what: { hidden: 'Η ανάρτησή σας δεν εμφανίζεται', removed: 'Η ανάρτησή σας αφαιρέθηκε', locked: 'Το θέμα σας κλειδώθηκε', warned: 'Λάβατε προειδοποίηση', silenced: 'Μπορείτε να διαβάζετε, όχι να γράφετε στην κοινότητα', suspended: 'Ο λογαριασμός σας έχει ανασταλεί' } satisfies Record<Action, string>,
    codes: { off_topic: 'εκτός θέματος', inappropriate: 'αγένεια ή προσβολή', spam: 'διαφήμιση', illegal: 'παραβίαση του νόμου', other: 'άλλος λόγος' } as Record<string, string>,
    why: (code: string) => `Ο λόγος: ${code}.`,
    until: (date: string) => `Ως τις ${date}.`,
    forGood: 'Ώσπου να αποφασιστεί κάτι άλλο.',
    by: { rule: 'Η απόφαση ήταν αυτόματη, χωρίς άνθρωπο.', person: 'Την απόφαση πήρε άνθρωπος.' },
    appeal: (date: string) => `Διαφωνείτε; Μπορείτε να ζητήσετε επανεξέταση ως τις ${date} σε αυτή τη σελίδα, χωρίς σύνδεση. Θα αποφασίσει κάποιος άλλος.`,
    open: 'Διαβάστε την απόφαση ή ζητήστε επανεξέταση',
  },
};

/** Tells somebody what was decided about them, why, until when, and how to appeal. */
export function decisionLetter({ to, locale, action, code, words, isAutomatic, until, appealUntil, url }: Decision): Letter {
  const say = WORDS[locale];
  const lasts = action === 'silenced' || action === 'suspended' ? [until ? say.until(day(locale, until)) : say.forGood] : [];
  return letter({
    to, locale, purpose: 'decision',
    subject: say.what[action],
    lead: [`${say.what[action]}. ${say.why(say.codes[code] ?? say.codes['other']!)}`, ...(words ? [words] : []), ...lasts, isAutomatic ? say.by.rule : say.by.person],
    action: { label: say.open, url },
    end: [say.appeal(day(locale, appealUntil))],
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}
