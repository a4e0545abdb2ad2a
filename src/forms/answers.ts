import type { AstroGlobal } from 'astro';
import { type Question, type Said, told } from '../../worker/forms/judge.ts';
import { date, number } from '../messages/format.ts';
import { t, type Locale } from '../messages/index.ts';
import { formOf } from './submit.ts';

/** The name of a question's field in a form. */
export const fieldOf = ({ key, kind }: Pick<Question, 'key' | 'kind'>) => `fields.${key}${kind === 'multi' ? '[]' : ''}`;

/** The name of the field beside a lookup where the beginning of a name is typed. */
export const findOf = ({ key }: Pick<Question, 'key'>) => `find.${key}`;

/** What a form answers to questions, by their keys; nothing where none was sent. A name that is looked for goes before what was chosen. */
export async function answersSent({ request }: Pick<AstroGlobal, 'request'>): Promise<Said> {
  if (request.method !== 'POST') return {};
  const sent = Object.entries(await formOf(request));
  const named = (start: string) => sent.flatMap(([name, value]) => (name.startsWith(start) ? [[name.slice(start.length), value as Said[string]] as const] : []));
  return Object.fromEntries([...named('fields.'), ...named('find.').filter(([, value]) => value !== '')]);
}

/** What stands in the field of a question: what was typed, or else what is kept. */
export function valuesOf({ id, key }: Question, said: Said, kept: Record<string, string[]>): string[] {
  const given = Object.hasOwn(said, key) ? said[key] : undefined;
  return given === undefined ? (kept[id] ?? []) : (Array.isArray(given) ? given : [given]).map((one) => String(one ?? '')).filter(Boolean);
}

/** What is wrong, for the list above a form: what is wrong with an answer says of which question. */
export const issuesNamed = (locale: Locale, questions: Question[], issues: Record<string, string>) =>
  Object.fromEntries(Object.entries(issues).map(([field, text]) => {
    const question = questions.find(({ key }) => field === `fields.${key}`);
    return [field, question ? `${question.label[locale]}: ${text}` : text];
  }));

/** What was found for a lookup whose name has what was typed. */
export const alikeIn = ({ choices }: Question, typed: string, locale: Locale) => choices.filter(({ en }) => en.toLocaleLowerCase(locale).includes(typed.trim().toLocaleLowerCase(locale)));

/** The name of one of those found; the handle tells those apart who have one name. */
export const nameAmong = ({ choices }: Question, { en, handle }: Question['choices'][number]) => (handle && choices.filter((one) => one.en === en).length > 1 ? `${en} (${handle})` : en);

/** Ahead of how many choices of a lookup another is sought by name. */
export const MOST_LISTED = 200;

/** A text of both languages in one. */
export const inOne = (locale: Locale, en: string, el: string) => (locale === 'el' && el ? el : en);

/** An answer as people read it, as the log keeps it; of a question that is no longer asked, as it is. `names` are those of people and accounts by id. */
export function spokenAnswer(locale: Locale, question: Pick<Question, 'kind' | 'choices'> | undefined, value: unknown, names: Record<string, string> = {}): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  if (Array.isArray(value)) return value.map((one) => spokenAnswer(locale, question, one, names)).join(', ');
  if (typeof value === 'boolean') return value ? t(locale).forms.yes : t(locale).forms.no;
  if (question?.kind === 'number') return number(locale, Number(value));
  if (question?.kind === 'date') return date(locale, 'UTC', new Date(`${value}T00:00:00Z`));
  const choice = question?.choices.find((one) => one.value === value);
  return choice ? inOne(locale, choice.en, choice.el) : (names[String(value)] ?? String(value));
}

/** The answers kept of a question, as people read them. */
export const spokenValues = (locale: Locale, question: Question, values: string[] | undefined) => spokenAnswer(locale, question, told(question.kind, values));

/** A text of the shape of a pattern: `ORD-####` → `ORD-1234`. */
export function exampleOf(pattern: string): string {
  let digit = 0;
  let letter = 0;
  return [...pattern.split('|')[0]!.trim()].map((one) => (one === '#' || one === '*' ? String(++digit % 10) : one === '?' ? String.fromCharCode(65 + (letter++ % 26)) : one)).join('');
}
