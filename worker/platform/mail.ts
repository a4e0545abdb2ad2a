import { cut } from './cut.ts';
import { escaped } from './html.ts';
import { DARK, LINK, paragraph, QUIET, type Said } from './said.ts';
import type { Locale } from './viewer.ts';

/** A mail that is ready to go: subject, and the same words as text and as HTML. */
export interface Letter {
  to: string;
  locale: Locale;
  /** What it is about, for the log: `sign-in code`. */
  purpose: string;
  subject: string;
  text: string;
  html: string;
  headers?: Record<string, string>;
  /** Which letter it is, and what it was laid out from, where its words can be chosen. */
  event?: string;
  draft?: Wording;
}

/** What of a letter is not the same in every such letter, by name. */
export type Values = Record<string, string | Said>;

/** What a letter is laid out from. */
interface Wording extends Pick<Draft, 'lead' | 'action' | 'choices' | 'code' | 'end'> {
  values: Values;
}

/** What a letter says, before it is laid out. Plain words, but for what somebody wrote in Markdown: names and titles of strangers are never links, and never the subject of mail to someone who did not ask for it. */
export interface Draft {
  to: string;
  locale: Locale;
  purpose: string;
  subject: string;
  /** Before the button or code. */
  lead: (string | Said)[];
  action?: { label: string; url: string };
  /** Answers or things to choose from, each with its address; `about` is said above its button. */
  choices?: { label: string; url: string; about?: string }[];
  /** Digits to type in, shown large. */
  code?: string;
  /** After the button or code: who did not ask for this needs to do nothing. */
  end?: string[];
  headers?: Record<string, string>;
  /** Which letter it is, and what of it is not the same in every such letter, by name. */
  event?: string;
  values?: Values;
}

/** One line, whatever was put into it: no header of a mail can be broken in two. */
const oneLine = (text: string) => text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ').trim();

const BODY = "margin:0;padding:24px;font:16px/1.55 -apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:anywhere;word-break:break-word";
const BUTTON = 'display:inline-block;padding:10px 18px;border-radius:6px;background:#0b5c9e;color:#fff;text-decoration:none;font-weight:600';
const CHOICE = `display:inline-block;min-width:9rem;padding:10px 18px;border:1px solid;border-radius:6px;${LINK};text-decoration:none;font-weight:600`;

type Laid = Pick<Draft, 'lead' | 'action' | 'code'> & Required<Pick<Draft, 'choices' | 'end'>>;

const textOf = ({ lead, action, choices, code, end }: Laid) =>
  [...lead.map((one) => (typeof one === 'string' ? one : one.text)), ...(code ? [code] : []), ...(action ? [`${action.label}: ${action.url}`] : []), ...choices.map(({ label, url, about }) => `${about ? `${about}\n` : ''}${label}: ${url}`), ...end].join('\n\n');

const choiceIn = ({ label, url, about }: Laid['choices'][number]) =>
  `${about ? `<p style="margin:24px 0 4px">${escaped(about)}</p>` : ''}<p style="margin:0 0 8px"><a class="link" href="${escaped(url)}" style="${CHOICE}">${escaped(label)}</a></p>`;

/** The addresses in our own words as links. */
const withLinks = (words: string) => words.split(/(https?:\/\/[^\s)]+)/).map((piece, i) => (i % 2 === 0 ? escaped(piece) : `<a class="quiet" href="${escaped(piece)}" style="color:#6b7280">${escaped(piece)}</a>`)).join('');

const bodyOf = ({ lead, action, choices, code, end }: Laid) =>
  [
    ...lead.map((one) => (typeof one === 'string' ? paragraph(escaped(one)) : one.html)),
    code ? `<p style="margin:0 0 16px;font-size:28px;font-weight:650;letter-spacing:4px">${escaped(code)}</p>` : '',
    action ? `<p style="margin:24px 0"><a href="${escaped(action.url)}" style="${BUTTON}">${escaped(action.label)}</a></p>` : '',
    ...choices.map(choiceIn),
    choices.some(({ about }) => about) ? '<p style="margin:0 0 24px"></p>' : '',
    ...end.map((words) => paragraph(withLinks(words), QUIET, 'quiet')),
  ].join('');

/** Lays a draft out as a letter, with a plain-text twin that says all of it. */
export function letter({ lead, action, choices = [], code, end = [], values, ...draft }: Draft): Letter {
  const laid = { lead, ...(action ? { action } : {}), choices, ...(code ? { code } : {}), end };
  const html = `<!doctype html><html lang="${draft.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(draft.subject)}</title><style>${DARK}</style></head><body style="${BODY}"><div style="max-width:34rem;margin:0 auto"><p class="mark" style="margin:0 0 24px;font-weight:650;color:#b0562b">Stoa</p>${bodyOf(laid)}</div></body></html>`;
  return { ...draft, ...(values ? { draft: { ...laid, values } } : {}), subject: cut(oneLine(draft.subject), 200), text: `${textOf(laid)}\n`, html };
}

/** Who carries letters. Throws `NotCarried` when one could not be handed over. `id` is the same on every try, so that what arrives twice is known as one. */
export interface Mailer {
  send(letter: Letter & { id: string }): Promise<void>;
}

/** A letter that could not be handed over: not now, or, when `permanent`, never. */
export class NotCarried extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent = false) {
    super(message);
    this.name = 'NotCarried';
    this.permanent = permanent;
  }
}
