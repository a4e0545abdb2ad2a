import type { Question, Said } from './judge.ts';
import type { Kind } from './schema.ts';

const texts = (given: Said[string] | undefined) => (Array.isArray(given) ? given : [given]).map((one) => (one === null || one === undefined || one === false ? '' : one === true ? 'yes' : String(one).toWellFormed().replaceAll('\u0000', '').trim())).filter(Boolean);

const oneLine = (text: string) => text.replace(/[\s\u0001-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

type Reading = (text: string, question: Pick<Question, 'kind' | 'pattern' | 'choices'>, had: string[]) => string | { issue: string };

const LONGEST = { text: 200, long: 5_000, pattern: 100 };

const choose: Reading = (text, { choices }, had) => (choices.some(({ value }) => value === text) || had.includes(text) ? text : { issue: 'Choose from the list.' });

const find: Reading = (text, { choices }, had) => (choices.some(({ value }) => value === text) || had.includes(text) ? text : { issue: 'Choose from what was found, or write another name.' });

const readings: Record<Kind, Reading> = {
  text: (text) => (text.length > LONGEST.text ? { issue: 'Keep it under 200 characters.' } : oneLine(text)),
  long: (text) => (text.length > LONGEST.long ? { issue: 'Keep it under 5,000 characters.' } : text.replace(/\r\n?/g, '\n')),
  number: (text) => (/^-?\d{1,15}([.,]\d{1,6})?$/.test(text) ? String(Number(text.replace(',', '.'))) : { issue: 'Write a number, like 12 or 3.5.' }),
  date: (text) => (isDay(text) ? text : { issue: 'Write a day, like 2026-11-25.' }),
  choice: choose,
  multi: choose,
  checkbox: (text) => (['yes', 'on', 'true', '1'].includes(text) ? 'yes' : { issue: 'Choose from the list.' }),
  account: find,
  person: find,
  contact: find,
  pattern: (text, { pattern }) => (text.length <= LONGEST.pattern && fits(pattern, text) ? text : { issue: 'This does not have the right shape. Look at the example.' }),
};

/** What was said, as it is kept: values, none for no answer; or, as a text, what is wrong with it. What a ticket `had` may stay, though it can be chosen no more. */
export function read(question: Pick<Question, 'kind' | 'pattern' | 'choices'>, given: Said[string] | undefined, had: string[]): string[] | string {
  const found: string[] = [];
  for (const text of [...new Set(texts(given))].slice(0, question.kind === 'multi' ? 50 : 1)) {
    const one = readings[question.kind](text, question, had);
    if (typeof one !== 'string') return one.issue;
    found.push(one);
  }
  const order = question.choices.map(({ value }) => value);
  return question.kind === 'multi' ? found.sort((a, b) => order.indexOf(a) - order.indexOf(b)) : found.filter(Boolean);
}

const SHAPES: Record<string, RegExp> = { '#': /\p{Nd}/u, '?': /\p{L}/u, '*': /[\p{L}\p{Nd}]/u };

const fitsOne = (shape: string[], letters: string[]) =>
  shape.length === letters.length && shape.every((one, i) => SHAPES[one]?.test(letters[i]!) ?? one.toLowerCase() === letters[i]!.toLowerCase());

/**
 * Whether a text has a shape: `#` is a digit, `?` a letter, `*` either, everything else stands for itself, capital or not; `|` lies between shapes of
 * which one has to fit. Takes time in proportion to the text, whatever the shape.
 */
export function fits(pattern: string, text: string): boolean {
  const letters = [...text.normalize('NFC')];
  return pattern.split('|').some((shape) => fitsOne([...shape.trim().normalize('NFC')], letters));
}
