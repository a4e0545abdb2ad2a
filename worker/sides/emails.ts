import { type Letter, letter } from '../platform/mail.ts';
import { saidIn, type Written } from '../platform/said.ts';
import type { Locale } from '../platform/viewer.ts';

/** The longest message is told whole. */
const WHOLE = 100_000;

const WORDS = {
  en: {
    subject: (who: string, subject: string) => `${who} asks for your help: ${subject}`,
    lead: (who: string, name: string, subject: string) => `Hello ${name}, ${who} writes to you about “${subject}”:`,
    open: 'Read and answer',
    end: 'The button opens this conversation and nothing else. Whoever has it can read and answer, so share it with care.',
  },
  el: {
    subject: (who: string, subject: string) => `Ζητούν τη βοήθειά σας (${who}): ${subject}`,
    lead: (who: string, name: string, subject: string) => `Γεια σας, ${name}. Σας γράφουν (${who}) για το θέμα «${subject}»:`,
    open: 'Διαβάστε και απαντήστε',
    end: 'Το κουμπί ανοίγει αυτή τη συνομιλία και τίποτε άλλο. Όποιος το έχει διαβάζει και απαντά, γι’ αυτό προσέξτε σε ποιον το δίνετε.',
  },
};

interface Told {
  member: { email: string; name: string; locale: Locale };
  /** Who wrote. */
  who: string;
  subject: string;
  text: Written;
  /** Whole address of the conversation for this member. */
  url: string;
  headers: Record<string, string>;
}

/** The letter that tells somebody outside of a message in a side conversation, whole. */
export function sideLetter({ member, who, subject, text, url, headers }: Told): Letter {
  const words = WORDS[member.locale];
  const said = saidIn(text, { site: new URL(url).origin }, WHOLE);
  const values = { actor: who, name: member.name, title: subject, text: said };
  return letter({ to: member.email, locale: member.locale, purpose: 'side conversation', event: 'side', values, subject: words.subject(who, subject), lead: [words.lead(who, member.name, subject), said], action: { label: words.open, url }, end: [words.end], headers });
}
