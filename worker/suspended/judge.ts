import { listedIn } from '../screening/access.ts';
import type { Rules, Screen, WordRule } from '../screening/access.ts';
import { MINUTE } from '../platform/time.ts';
import { bareAddress, domainOf, patternsOf, senderOf } from './senders.ts';

/** Why a ticket waits: `detail` is what it was found by, a sender, a word, a network. Of a burst, how many came from there within how many minutes. */
export interface Cause {
  rule: 'burst' | 'word' | 'network' | 'mail' | 'site' | 'url';
  detail: string;
  count?: number;
  minutes?: number;
}

/** A ticket as it comes, by whatever way. */
export interface Sent {
  /** The mail address that it comes from, in lower case. */
  sender: string;
  at: Date;
  network: string;
  text: string;
}

/** What it is held against. */
export interface Facts {
  rules: Pick<Rules, 'ticketBurst' | 'ticketMinutes'>;
  /** Who of the same domain sent tickets lately; moments are milliseconds since 1970. */
  earlier: { address: string; at: number }[];
  /** Trusted addresses and domains, and domains of customer accounts: those that may fit the sender. */
  trusted: string[];
  customers: string[];
  words: WordRule[];
  screens: Screen[];
}

/** From a sender within the time of the rules, this one too. */
function countOf({ sender, at }: Sent, { earlier, rules: { ticketMinutes } }: Facts): number {
  const since = at.getTime() - ticketMinutes * MINUTE;
  const isShared = senderOf(sender) !== domainOf(sender);
  return 1 + earlier.filter((one) => one.at > since && (!isShared || one.address === bareAddress(sender))).length;
}

/** Whether a ticket is counted: what comes from trusted senders and from the domains of customers comes in any number. */
export function isCounted({ sender }: Pick<Sent, 'sender'>, { rules, trusted, customers }: Facts): boolean {
  return rules.ticketBurst > 0 && !patternsOf(sender).some((one) => trusted.includes(one)) && !customers.includes(domainOf(sender));
}

/** Why a ticket waits for somebody to look at it; empty where it does not. What is listed to be blocked waits whoever sends it. */
export function judged(sent: Sent, facts: Facts): Cause[] {
  const { sender, at, network, text } = sent;
  const { rules, trusted, words, screens } = facts;
  const isTrusted = patternsOf(sender).some((one) => trusted.includes(one));
  const listed = listedIn({ email: sender, network, text, now: at, screens, words }).filter(({ action }) => action === 'block' || !isTrusted);
  const count = isCounted(sent, facts) ? countOf(sent, facts) : 0;
  return [
    ...(count > rules.ticketBurst ? [{ rule: 'burst' as const, detail: senderOf(sender), count, minutes: rules.ticketMinutes }] : []),
    ...listed.map(({ rule, detail }) => ({ rule, detail })),
  ];
}
