export default {
  title: 'Find tickets',
  /** The field of the rail. */
  field: 'Find a ticket',
  label: 'Words, a number, a name or an address',
  hint: 'Every word has to be there, in any form: in the subject, a message, a note, or the name of the requester or their account. "Quotes" keep words together, -word leaves one out. A number leads to its ticket.',
  search: 'Find',
  anyStatus: 'Any',
  unsolved: 'Every unsolved one',
  requester: 'Requester or account',
  order: 'Order',
  orders: { relevance: 'The best first', changed: 'Last changed first' },
  called: (number: number) => `Ticket ${number}`,
  /** Where the number was that of a ticket that became part of another. */
  partOf: (asked: number, number: number) => `Ticket ${asked} is part of ticket ${number}.`,
  found: 'Found tickets',
  message: 'Message',
  changedAt: 'Changed',
  cut: 'More than a thousand tickets have this. The newest thousand were looked through: add a word, a requester or a group to reach older ones.',
  nothing: 'No ticket that you may see has all of this.',
  nothingNumber: (number: number) => `There is no ticket ${number} that you may see.`,
  tips: ['Try fewer words, or another form of them.', 'What was written within the last minute may not be found yet. Its number always is.'],
  withoutFilters: 'Look without filters',
  inArticles: 'Look in articles and topics',
  start: 'What are you looking for?',
  startLead: 'What a customer wrote, what a colleague noted, the number in a letter, or who asked.',
  /** The fourth kind on the page of the public search. */
  tickets: 'Tickets',
};
