import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';
import type { Scale } from './schema.ts';

interface Asked {
  email: string;
  locale: Locale;
  number: number;
  subject: string;
  scale: Scale;
  /** Whole address of the form, with a query: opening it changes nothing. */
  url: string;
  /** Whole address of where such mail is stopped. */
  stop: string;
}

const WORDS = {
  en: {
    subject: (number: number) => `How did we do? Your ticket ${number}`,
    again: (number: number) => `One question about your ticket ${number}`,
    lead: (subject: string) => `Your ticket “${subject}” is solved. How did it go? One click answers it, and a sentence of yours helps the most.`,
    scores: { 2: ['Bad', 'Good'], 5: ['Very bad', 'Bad', 'Neither', 'Good', 'Very good'] },
    end: 'If it is not solved after all, open the ticket again: a person will see to it.',
    why: (stop: string) => `We ask at most once in 30 days. No such mail any more: ${stop}`,
  },
  el: {
    subject: (number: number) => `Πώς τα πήγαμε; Το αίτημά σας ${number}`,
    again: (number: number) => `Μια ερώτηση για το αίτημά σας ${number}`,
    lead: (subject: string) => `Το αίτημά σας «${subject}» λύθηκε. Πώς σας φάνηκε; Αρκεί ένα κλικ, και μια φράση σας βοηθά περισσότερο από όλα.`,
    scores: { 2: ['Κακά', 'Καλά'], 5: ['Πολύ κακά', 'Κακά', 'Ουδέτερα', 'Καλά', 'Πολύ καλά'] },
    end: 'Αν τελικά δεν λύθηκε, ανοίξτε ξανά το αίτημα και θα το δει άνθρωπος.',
    why: (stop: string) => `Ρωτάμε το πολύ μία φορά στις 30 ημέρες. Για να μη λαμβάνετε τέτοια μηνύματα: ${stop}`,
  },
};

/** Asks how a ticket went, with an address for each point of the scale, the best first; `isAgain` for the one reminder. */
export function ratingLetter({ email, locale, number, subject, scale, url, stop }: Asked, isAgain: boolean): Letter {
  const words = WORDS[locale];
  return letter({
    to: email,
    locale,
    purpose: 'rating',
    event: isAgain ? 'rating-again' : 'rating',
    values: { title: subject, 'ticket.number': String(number) },
    subject: isAgain ? words.again(number) : words.subject(number),
    lead: [words.lead(subject)],
    choices: words.scores[scale].map((label, i) => ({ label, url: `${url}&score=${i + 1}` })).reverse(),
    end: [words.end, words.why(stop)],
    headers: { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' },
  });
}
