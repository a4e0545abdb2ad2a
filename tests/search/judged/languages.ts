import type { WrittenLine } from '../../../worker/data/line.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { greek } from './greek.ts';
import { japanese } from './japanese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import type { Judged } from './judged.ts';

export const languages = { english, greek, german, french, spanish, russian, japanese, chinese } satisfies Record<string, Judged>;
export type Language = keyof typeof languages;

const DAY = 86_400_000;
/** Days since a text was written, where its language does not say. */
const USUAL = 200;

/** Lines for the importer: a language is a category, and the id of a text has its name before its key. */
export function linesOf(language: Language): WrittenLine[] {
  const { articles, topics, days }: Judged = languages[language];
  const when = (key: string) => new Date(Date.now() - (days[key] ?? USUAL) * DAY).toISOString();
  const locale = language === 'greek' ? ('el' as const) : ('en' as const);
  const written = { category: language, author: 'someone' };
  return [
    { type: 'category', id: language, slug: language, name: language },
    ...Object.entries(articles).map(([key, [title, body]]): WrittenLine => ({ type: 'article', id: `${language} ${key}`, category: 'help', slug: `${language}-${key}`, locale, title, body, updatedAt: when(key) })),
    ...Object.entries(topics).flatMap(([key, [title, body, ...replies]]): WrittenLine[] => [
      { type: 'topic', id: `${language} ${key}`, ...written, title, body, kind: 'question', createdAt: when(key) },
      ...replies.map((said, i): WrittenLine => ({ type: 'post', id: `${language} ${key} ${i}`, topic: `${language} ${key}`, author: 'someone', body: said.replace(/^✓ /, ''), accepted: said.startsWith('✓ '), createdAt: when(key) })),
    ]),
  ];
}
