import { remembered } from '../platform/remembered.ts';
import { folded } from '../platform/text.ts';
import { isPasted } from './input.ts';

export type Status = 'solved' | 'open' | 'noreplies';
export type Order = 'latest' | 'likes' | 'relevance';

/** What narrows or orders a search. Every tag has to be there; `before` and `after` are milliseconds since 1970, of the beginning of a day in UTC. */
export interface Operators {
  inTitle?: true;
  author?: string;
  category?: string;
  tags?: string[];
  before?: number;
  after?: number;
  status?: Status;
  /** Votes for a topic, at least. */
  likes?: number;
  order?: Order;
}

const STATUSES: Record<string, Status> = { solved: 'solved', λυμενα: 'solved', λυμενο: 'solved', open: 'open', ανοιχτα: 'open', ανοιχτο: 'open', noreplies: 'noreplies', αναπαντητα: 'noreplies', αναπαντητο: 'noreplies' };
const ORDERS: Record<string, Order> = { latest: 'latest', νεοτερα: 'latest', likes: 'likes', ψηφοι: 'likes', relevance: 'relevance', σχετικα: 'relevance' };

const HANDLE = /^@?([a-z0-9][a-z0-9-]{0,78})$/;
const CATEGORY = /^#?([a-z0-9][a-z0-9-]{0,59})$/;
const DAY = /^\d{4}(-\d\d){0,2}$/;

const wordOf = <Word>(words: Record<string, Word>, value: string) => (Object.hasOwn(words, value) ? words[value] : undefined);

/** Milliseconds of the beginning of a day, month or year; undefined when there is none such. */
function startOf(value: string): number | undefined {
  const at = DAY.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(value) ? undefined : at;
}

/** What each operator makes of its value: nothing where that is none, and then it is a word like others. */
const READ: Record<string, (value: string, so: Operators) => Operators | undefined> = {
  in: (value) => (/^(title|τιτλο[συ]?)$/.test(folded(value)) ? { inTitle: true } : undefined),
  by: (value) => given('author', HANDLE.exec(value)?.[1]),
  category: (value) => given('category', CATEGORY.exec(value)?.[1]),
  tag: (value, { tags = [] }) => given('tags', value.split(',').some(Boolean) ? [...new Set([...tags, ...value.split(',').filter(Boolean)])].slice(0, 8) : undefined),
  before: (value) => given('before', startOf(value)),
  after: (value) => given('after', startOf(value)),
  status: (value) => given('status', wordOf(STATUSES, folded(value))),
  min_likes: (value) => given('likes', /^\d{1,6}$/.test(value) ? Number(value) : undefined),
  order: (value) => given('order', wordOf(ORDERS, folded(value))),
};

const given = <Name extends keyof Operators>(name: Name, value: Operators[Name]): Operators | undefined => (value === undefined ? undefined : { [name]: value });

/** How operators are called, folded, besides by the names of `READ`. */
const CALLED: Record<string, string> = { tags: 'tag', σε: 'in', απο: 'by', κατηγορια: 'category', ετικετα: 'tag', ετικετεσ: 'tag', πριν: 'before', μετα: 'after', κατασταση: 'status', ψηφοι: 'min_likes', σειρα: 'order' };

function read(token: string, so: Operators): Operators | undefined {
  if (token.startsWith('@')) return READ['by']!(token, so);
  if (/^#\p{L}/u.test(token)) return READ['category']!(token, so);
  const [, key, value] = /^([\p{L}_]+):(\S+)$/u.exec(token) ?? [];
  if (!key || !value) return undefined;
  const name = wordOf(CALLED, folded(key)) ?? folded(key);
  return wordOf(READ, name)?.(value, so);
}

/** Whether results are asked for in an order of their own. */
export const isOrdered = (typed: string) => (operatorsIn(typed).operators.order ?? 'relevance') !== 'relevance';

/** What was typed → its operators, and the words that remain. Within quotes there are none. The last of several of a kind counts, but for tags. */
export const operatorsIn = remembered((typed: string): { operators: Operators; words: string } => {
  let operators: Operators = {};
  const words = typed.replace(/"[^"]*"|\S+/g, (token) => {
    const one = read(token.toLowerCase(), operators);
    operators = { ...operators, ...one };
    return one ? '' : token;
  });
  return { operators, words };
});

/** What was typed as its operators and words; a pasted text has words alone. */
export function readOf(typed: string): { operators: Operators; words: string } {
  const read = operatorsIn(typed);
  return isPasted(read.words) ? { operators: {}, words: typed } : read;
}
