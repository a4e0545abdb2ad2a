import { cutShort } from '../platform/cut.ts';
import { type Letter, letter } from '../platform/mail.ts';
import { beginningIn, plainlySaid, type Said, saidIn, type Written } from '../platform/said.ts';
import type { Locale } from '../platform/viewer.ts';
import { type Item, itemsOf } from './items.ts';
import type { kinds } from './schema.ts';

/** What goes by mail of this kind: decisions about people have letters of their own. */
export type Mailed = Exclude<(typeof kinds)[number], 'removed' | 'locked' | 'warned' | 'silenced' | 'suspended' | 'lifted' | 'upheld' | 'overturned'>;

/** One thing that somebody is told by mail. */
export interface News {
  kind: Mailed;
  /** Who did it; null when it was nobody, or nobody who is still here. */
  actor: string | null;
  /** What it is in; of `received` the number of the ticket, since its subject is a stranger’s until somebody here read it. */
  title: string;
  /** The number of the ticket, and what customers read of its status, in the reader's language; null where it is about no ticket. */
  number: string | null;
  status: string | null;
  /** Whole address of where it is. */
  url: string;
  /** What was said, when it was something said. */
  text: Written | null;
  /** Names of the files that came with it. */
  files: string[];
}

interface Reader {
  email: string;
  locale: Locale;
}

interface Addresses {
  /** Whole addresses: of the list of all news, of where this mail is stopped, and of the workspace. */
  all: string;
  stop: string;
  site: string;
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
      answered: (who: string) => `${who} answered your ticket`, asked: (who: string) => `${who} wrote in a ticket of yours`, noted: (who: string) => `${who} left a note in a ticket of yours`, aside: (who: string) => `${who} wrote in a side conversation of a ticket`, received: () => 'We received your ticket', opened: (who: string) => `${who} opened a ticket for you`, handed: () => 'A ticket is yours now', assigned: (who: string) => `${who} gave you a ticket`, solved: (who: string) => `${who} solved your ticket`, followed: (who: string) => `${who} wrote in a ticket that you follow`, copied: (who: string) => `${who} copied you on a ticket`, woken: () => 'A ticket of yours is back', unsent: (who: string) => `Your answer was not sent, since ${who} wrote meanwhile`, private: (who: string) => `${who} answers your post privately`, hidden: () => 'Your post is hidden for now', editable: () => 'Your post is hidden for now; change it after ten minutes, and it is shown again', shown: () => 'Your post is shown again', rated: (who: string) => `${who} was not content with a ticket of yours`, given: (who: string) => `${who} gave you a topic to look after`, given_group: (who: string) => `${who} gave a group of yours a topic to look after`, for_group: (who: string) => `${who} asks a group of yours`, due: () => 'You wanted to be reminded', advised: (who: string) => `${who} tells you privately about your post`, approved: () => 'Your post is published', rejected: () => 'Your post was not published', fixed: () => 'It is fixed',
    },
    in: (what: string, title: string) => `${what}: “${title}”`,
    numbered: (number: string) => `We received your ticket number ${number}`,
    ticket: (number: string) => `Ticket ${number}`,
    many: (count: number) => `${count} things happened while you were away`,
    more: { one: (first: string) => `${first} and 1 more`, other: (first: string, count: number) => `${first} and ${count} more` },
    messages: (count: number, title: string) => `${count} new messages in “${title}”`,
    within: (count: number, title: string) => `${count} things happened in “${title}”`,
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
    numbered: (number: string) => `Λάβαμε το αίτημά σας με αριθμό ${number}`,
    ticket: (number: string) => `Αίτημα ${number}`,
    many: (count: number) => `${count} νέα όσο λείπατε`,
    more: { one: (first: string) => `${first} και 1 ακόμη νέο`, other: (first: string, count: number) => `${first} και ${count} ακόμη νέα` },
    messages: (count: number, title: string) => `${count} νέα μηνύματα στο «${title}»`,
    within: (count: number, title: string) => `${count} νέα στο «${title}»`,
    attached: (names: string) => `Συνημμένα: ${names}`,
    open: 'Άνοιγμα', all: 'Όλα τα νέα',
    why: (stop: string) => `Λαμβάνετε αυτό το μήνυμα επειδή το παρακολουθείτε, συμμετέχετε ή το ζητήσατε. Λιγότερα μηνύματα, ή κανένα: ${stop}`,
  },
};

/** Letters that a letter of several things says of each, things of which the first is named in its subject, and letters of a title there. */
const [SHORT, FEW, IN_SUBJECT] = [200, 5, 100];

/** News of which each is a message. */
const MESSAGES: Mailed[] = ['answered', 'asked', 'noted', 'followed', 'replied', 'mentioned', 'opened'];

type Words = (typeof WORDS)[Locale];

const whoIn = (words: Words, { kind, actor }: News) => actor ?? (kind === 'aside' ? words.outside : words.someone);
const whatIn = (words: Words, one: News) => words.what[one.kind](whoIn(words, one));
const sentenceIn = (words: Words, one: News) => (one.kind === 'received' ? words.numbered(one.title) : words.in(whatIn(words, one), one.title));

/** The subject of a letter of several things: all in one place, few with the first by name, or how many. */
function subjectOf(locale: Locale, news: News[]): string {
  const [words, count] = [WORDS[locale], news.length];
  const short = news.map((one) => ({ ...one, title: cutShort(one.title, IN_SUBJECT) }));
  const named = short.find(({ kind }) => kind !== 'received');
  if (named && isOnePlace(news)) return (news.every(({ kind }) => MESSAGES.includes(kind)) ? words.messages : words.within)(count, named.title);
  return count > FEW ? words.many(count) : words.more[new Intl.PluralRules(locale).select(count - 1) === 'one' ? 'one' : 'other'](sentenceIn(words, short[0]!), count - 1);
}

const isOnePlace = (news: News[]) => new Set(news.map(({ number, url }) => number ?? new URL(url).pathname)).size === 1;

const keyOf = ({ url }: News) => new URL(url).searchParams.get('key');

/** What a letter of one thing says of it. */
function bodyOf(words: Words, one: News, site: string): Said {
  const { kind, text, number } = one;
  if (kind === 'received') return plainlySaid(`${words.received}\n\n${words.link}`);
  if (kind === 'handed') return plainlySaid([words.handed(number ?? ''), ...(keyOf(one) ? [words.link] : [])].join('\n\n'));
  // What is said to an author privately has no signs: its page shows it as it was typed.
  if (kind === 'advised' && typeof text === 'string') return plainlySaid(cutShort(text, EXCERPT));
  const key = keyOf(one);
  return saidIn(text ?? '', { site, files: key && number ? { ticket: number, key } : undefined }, EXCERPT);
}

const itemIn = (words: Words, one: News): Item => ({
  title: one.kind === 'received' ? words.ticket(one.title) : one.title,
  what: whatIn(words, one),
  sentence: sentenceIn(words, one),
  beginning: beginningIn(one.text ?? '', SHORT),
  url: one.url,
});

/** A letter of what happened: one thing whole, several as a list. It can be stopped by one click (RFC 8058). */
export function newsLetter({ email, locale }: Reader, news: News[], addresses: Addresses): Letter {
  const { stop } = addresses;
  const common = { to: email, locale, end: [WORDS[locale].why(stop)], headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' } };
  return letter({ ...common, ...(news.length === 1 ? oneThing(locale, news[0]!, addresses) : severalThings(locale, news, addresses)) });
}

function oneThing(locale: Locale, one: News, { site }: Addresses) {
  const words = WORDS[locale];
  const [text, sentence] = [bodyOf(words, one, site), sentenceIn(words, one)];
  const ticket: Record<string, string> = one.status === null ? {} : { 'ticket.number': one.number ?? '', 'ticket.status': one.status };
  return {
    purpose: 'notification',
    event: `news.${one.kind}`,
    values: one.kind === 'received' ? { actor: whoIn(words, one), ...ticket, title: one.title, text } : { actor: whoIn(words, one), title: one.title, text, ...ticket },
    subject: sentence,
    lead: [sentence, ...(text.text ? [text] : []), ...(one.files.length > 0 ? [words.attached(one.files.join(', '))] : [])],
    action: { label: words.open, url: one.url },
  };
}

/** Who has no account reads no list of all news: each thing has its own link. */
function severalThings(locale: Locale, news: News[], { all }: Addresses) {
  const words = WORDS[locale];
  const [subject, list] = [subjectOf(locale, news), itemsOf(news.map((one) => itemIn(words, one)))];
  const action = isOnePlace(news) ? { label: words.open, url: news[0]!.url } : news.some(keyOf) ? undefined : { label: words.all, url: all };
  return { purpose: 'digest', event: 'digest', values: { count: String(news.length), list, summary: subject }, subject, lead: [list], ...(action ? { action } : {}) };
}
