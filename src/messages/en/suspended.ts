import type { Cause } from '../../../worker/suspended/judge.ts';

export default {
  title: 'Suspended tickets',
  lead: 'Nobody works on these yet: they are in no queue, list, search or count, and nobody was written to. Who sent them was answered as always.',
  count: (count: string) => `Suspended tickets: ${count}`,
  none: 'No ticket waits.',
  causes: {
    burst: ({ detail, count, minutes }) => `Ticket number ${count} from ${detail} within ${minutes} min`, word: ({ detail }) => `Listed word: ${detail}`, network: ({ detail }) => `Listed network: ${detail}`, mail: ({ detail }) => `Listed mail address: ${detail}`, site: ({ detail }) => `Listed site: ${detail}`, url: ({ detail }) => `Listed URL: ${detail}`,
  } satisfies Record<Cause['rule'], (cause: Cause) => string> as Record<Cause['rule'], (cause: Cause) => string>,
  cut: 'These are its first 2,000 characters. Recover it to read the rest.',
  removedOn: 'Goes for good',
  recover: 'Recover', trust: 'Recover and trust the sender', remove: 'Remove',
  several: 'Decide about several at once',
  severalLead: 'Choose among the tickets above, up to fifty. What a colleague decides meanwhile stays as it is.',
  decision: 'With what you chose', decisions: { recover: 'Recover them', trust: 'Recover them and trust the senders', remove: 'Remove them' },
  decide: 'Decide about what you chose',
  opened: (number: number) => `Ticket ${number}`,
  waiting: 'We have your message.',
  waitingLead: 'Once we have looked at it you can add to it here.',
  admin: {
    tab: 'Trusted senders',
    lead: 'Tickets from these do not wait, however many come, and whatever listed words and addresses are to be held. What is listed to be refused waits all the same.',
    burst: 'Tickets of strangers from one sender before the next ones wait', burstHint: 'A sender is a mail domain; with providers that give addresses to anybody, such as gmail.com, one address. Domains of customer accounts and trusted senders are not counted. 0: none wait.',
    minutes: 'Within how many minutes',
    pattern: 'Address or domain', patternHint: 'anna@example.com · example.com, with all below it', note: 'Note', add: 'Add', remove: 'Remove', addedBy: 'Added by', addedOn: 'On', none: 'Nobody yet.',
  },
};
