import { cutShort } from '../platform/cut.ts';
import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';
import type { kinds } from './schema.ts';

/** What goes by mail of this kind: decisions about people have letters of their own. */
export type Mailed = Exclude<(typeof kinds)[number], 'removed' | 'locked' | 'warned' | 'silenced' | 'suspended' | 'lifted' | 'upheld' | 'overturned'>;

/** One thing that somebody is told by mail. */
export interface News {
  kind: Mailed;
  /** Who did it; null when it was nobody, or nobody who is still here. */
  actor: string | null;
  title: string;
  /** The number of the ticket, and what customers read of its status, in the reader's language; null where it is about no ticket. */
  number: string | null;
  status: string | null;
  /** Whole address of where it is. */
  url: string;
  /** What was said, in Markdown, when it was something said. */
  text: string | null;
  /** Names of the files that came with it. */
  files: string[];
}

interface Reader {
  email: string;
  locale: Locale;
}

interface Addresses {
  /** Whole addresses: of the list of all news, and of where this mail is stopped. */
  all: string;
  stop: string;
}

/** Letters of one thing say it whole, up to here. */
const EXCERPT = 1_500;

const WORDS = {
  en: {
    someone: 'Someone',
    outside: 'Someone outside',
    received: 'We answer on its page, and write to you when we do.',
    handed: (number: string) => `Ticket ${number} is yours from now on. You can read what was written before too, and we write to you when there is news.`,
    link: 'The button opens your ticket. Whoever has the link can read and answer, so share it with care.',
    what: {
      mentioned: (who: string) => `${who} mentioned you`, replied: (who: string) => `${who} replied`, topic: (who: string) => `${who} opened a topic`, accepted: (who: string) => `${who} accepted your answer`,
      answered: (who: string) => `${who} answered your ticket`, asked: (who: string) => `${who} wrote in a ticket of yours`, noted: (who: string) => `${who} left a note in a ticket of yours`, aside: (who: string) => `${who} wrote in a side conversation of a ticket`, received: () => 'We have your ticket', opened: (who: string) => `${who} opened a ticket for you`, handed: () => 'A ticket is yours now', assigned: (who: string) => `${who} gave you a ticket`, solved: (who: string) => `${who} solved your ticket`, followed: (who: string) => `${who} wrote in a ticket that you follow`, copied: (who: string) => `${who} copied you on a ticket`, woken: () => 'A ticket of yours is back', unsent: (who: string) => `Your answer was not sent, since ${who} wrote meanwhile`, private: (who: string) => `${who} answers your post privately`, hidden: () => 'Your post is hidden for now', editable: () => 'Your post is hidden for now; change it after ten minutes, and it is shown again', shown: () => 'Your post is shown again', rated: (who: string) => `${who} was not content with a ticket of yours`, given: (who: string) => `${who} gave you a topic to look after`, given_group: (who: string) => `${who} gave a group of yours a topic to look after`, for_group: (who: string) => `${who} asks a group of yours`, due: () => 'You wanted to be reminded', advised: (who: string) => `${who} tells you privately about your post`, approved: () => 'Your post is published', rejected: () => 'Your post was not published', fixed: () => 'It is fixed',
    },
    in: (what: string, title: string) => `${what}: “${title}”`,
    many: (count: number) => `${count} things happened while you were away`,
    attached: (names: string) => `Attached: ${names}`,
    open: 'Open it', all: 'See all of it',
    why: (stop: string) => `You get this mail because you follow it, take part in it, or asked for it. Fewer mails, or none: ${stop}`,
  },
  el: {
    someone: 'Κάποιος',
    outside: 'Κάποιος εκτός ομάδας',
    received: 'Απαντάμε στη σελίδα του και σας γράφουμε μόλις το κάνουμε.',
    handed: (number: string) => `Το αίτημα ${number} είναι στο εξής δικό σας. Μπορείτε να διαβάσετε και όσα γράφτηκαν πριν, και σας γράφουμε μόλις υπάρχει κάτι νέο.`,
    link: 'Το κουμπί ανοίγει το αίτημά σας. Όποιος έχει τον σύνδεσμο μπορεί να διαβάσει και να απαντήσει, οπότε μην τον δίνετε εύκολα.',
    what: {
      mentioned: (who: string) => `Σας ανέφερε: ${who}`, replied: (who: string) => `Απάντηση από ${who}`, topic: (who: string) => `Νέο θέμα από ${who}`, accepted: (who: string) => `Η απάντησή σας έγινε δεκτή από ${who}`,
      answered: (who: string) => `Απάντηση στο αίτημά σας από ${who}`, asked: (who: string) => `Νέο μήνυμα από ${who} σε αίτημα που έχετε`, noted: (who: string) => `Σημείωση από ${who} σε αίτημα που έχετε`, aside: (who: string) => `Μήνυμα από ${who} σε παράλληλη συνομιλία αιτήματος`, received: () => 'Λάβαμε το αίτημά σας', opened: (who: string) => `Νέο αίτημα για εσάς από ${who}`, handed: () => 'Ένα αίτημα είναι πλέον δικό σας', assigned: (who: string) => `Σας ανατέθηκε αίτημα από ${who}`, solved: (who: string) => `Το αίτημά σας λύθηκε από ${who}`, followed: (who: string) => `Νέο μήνυμα από ${who} σε αίτημα που παρακολουθείτε`, copied: (who: string) => `Σας κοινοποιήθηκε αίτημα από ${who}`, woken: () => 'Ένα αίτημά σας επέστρεψε', unsent: (who: string) => `Η απάντησή σας δεν στάλθηκε, γιατί στο μεταξύ ήρθε μήνυμα από ${who}`, private: (who: string) => `Προσωπική απάντηση στην ανάρτησή σας από ${who}`, hidden: () => 'Η ανάρτησή σας δεν εμφανίζεται προς το παρόν', editable: () => 'Η ανάρτησή σας δεν εμφανίζεται προς το παρόν· αν την αλλάξετε μετά από δέκα λεπτά, θα εμφανιστεί ξανά', shown: () => 'Η ανάρτησή σας εμφανίζεται ξανά', rated: (who: string) => `Χαμηλή αξιολόγηση σε αίτημα που έχετε, από ${who}`, given: (who: string) => `Σας ανατέθηκε θέμα από ${who}`, given_group: (who: string) => `Ανατέθηκε θέμα σε ομάδα σας από ${who}`, for_group: (who: string) => `Αίτημα προς ομάδα σας από ${who}`, due: () => 'Ζητήσατε υπενθύμιση', advised: (who: string) => `Προσωπικό μήνυμα για την ανάρτησή σας από ${who}`, approved: () => 'Η ανάρτησή σας δημοσιεύτηκε', rejected: () => 'Η ανάρτησή σας δεν δημοσιεύτηκε', fixed: () => 'Διορθώθηκε',
    },
    in: (what: string, title: string) => `${what}: «${title}»`,
    many: (count: number) => `${count} νέα όσο λείπατε`,
    attached: (names: string) => `Συνημμένα: ${names}`,
    open: 'Άνοιγμα', all: 'Όλα τα νέα',
    why: (stop: string) => `Λαμβάνετε αυτό το μήνυμα επειδή το παρακολουθείτε, συμμετέχετε ή το ζητήσατε. Λιγότερα μηνύματα, ή κανένα: ${stop}`,
  },
};

/** Letters that a letter of several things says of each. */
const SHORT = 200;

/** How what was said begins, on one line: the first paragraph that is not a quote. */
function beginningOf(text: string | null): string {
  const paragraph = (text ?? '').split(/\n{2,}/).find((paragraph) => !/^\s*(?:>|$)/.test(paragraph))?.trim().replace(/\s+/g, ' ') ?? '';
  return cutShort(paragraph, SHORT);
}

/** A letter of what happened: one thing whole, several as a list. It can be stopped by one click (RFC 8058). */
export function newsLetter({ email, locale }: Reader, news: News[], { all, stop }: Addresses): Letter {
  const words = WORDS[locale];
  const whoOf = ({ kind, actor }: News) => actor ?? (kind === 'aside' ? words.outside : words.someone);
  const said = (one: News) => words.in(words.what[one.kind](whoOf(one)), one.title);
  const textOf = ({ kind, text, number, url }: News) => {
    if (kind === 'received') return [words.received, words.link];
    if (kind === 'handed') return [words.handed(number ?? ''), ...(new URL(url).searchParams.has('key') ? [words.link] : [])];
    return text ? cutShort(text, EXCERPT).split(/\n{2,}/) : [];
  };
  const listed = (one: News) => [said(one), beginningOf(one.text), one.url].filter(Boolean).join('\n');
  const [first] = news as [News];
  const isOne = news.length === 1;
  return letter({
    to: email,
    locale,
    purpose: isOne ? 'notification' : 'digest',
    event: isOne ? `news.${first.kind}` : 'digest',
    values: isOne ? { actor: whoOf(first), title: first.title, text: textOf(first).join('\n\n'), ...(first.status === null ? {} : { 'ticket.number': first.number ?? '', 'ticket.status': first.status }) } : { count: String(news.length), list: news.map(listed).join('\n\n') },
    subject: isOne ? said(first) : words.many(news.length),
    lead: isOne ? [said(first), ...textOf(first), ...(first.files.length > 0 ? [words.attached(first.files.join(', '))] : [])] : news.map(listed),
    action: isOne ? { label: words.open, url: first.url } : { label: words.all, url: all },
    end: [words.why(stop)],
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' },
  });
}
