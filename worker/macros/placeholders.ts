import type { Locale } from '../platform/viewer.ts';

/** What a macro may leave to be filled in. */
export const placeholders = ['requester.name', 'requester.first_name', 'ticket.number', 'ticket.subject', 'ticket.status', 'agent.name', 'account.name'] as const;

export type Values = Record<(typeof placeholders)[number], string>;

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names in a text that are no placeholders. */
export const unknownIn = (text: string) => [...new Set([...text.matchAll(PLACE)].map(([, name]) => name!))].filter((name) => !placeholders.some((one) => one === name));

/** Text that Markdown leaves as it is: no link, picture, mark or mention comes of a name that a stranger chose. */
const escaped = (text: string) => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()<>#+\-.!|~&@:]/g, '\\$&');

/** A macro’s text with its places filled in. One for which there is nothing stays, for somebody to write something in its place. */
export const filledIn = (text: string, values: Values) => text.replace(PLACE, (whole, name: string) => (name in values && values[name as keyof Values] ? escaped(values[name as keyof Values]) : whole));

/** The places of a text that nothing was filled into, as they stand in it: `{{account.name}}` of who has no account. */
export const emptyIn = (text: string) => [...new Set([...text.matchAll(PLACE)].filter(([, name]) => placeholders.some((one) => one === name)).map(([, name]) => `{{${name}}}`))];

export type Texts = Partial<Record<Locale, string>>;

/** How somebody is called among friends: the first word of a name. */
export const firstName = (name: string) => name.split(' ')[0]!;

/** The text in the reader's language, or in another that there is. */
export const textFor = (texts: Texts, locale: Locale) => texts[locale] ?? texts.en ?? texts.el ?? '';
