import { languageOf } from '../platform/text.ts';
import { indexColumns } from '../search/schema.ts';
import type { Line } from './line.ts';

/** What takes longest to find out of a line: the language that it is in, and of what search finds the stems that the index holds. */
export interface Worded {
  locale: 'en' | 'el';
  stems?: ReturnType<typeof indexColumns>;
}

/** The words of a line, where people say something in it or look for it. */
export function wordsOf(line: Line): Worded | undefined {
  switch (line.type) {
    case 'topic':
      return { locale: languageOf(`${line.title} ${line.body}`), stems: indexColumns({ type: 'topic', title: line.title, tags: line.tags, text: line.body }) };
    case 'post':
      return { locale: languageOf(line.body), stems: indexColumns({ type: 'post', title: '', tags: [], text: line.body }) };
    case 'article':
      return { locale: line.locale, stems: indexColumns({ type: 'article', title: line.title, tags: [line.category], text: line.body }) };
    case 'message':
    case 'idea':
      return { locale: languageOf(line.body) };
    case 'survey':
      return { locale: languageOf(line.comment) };
    default:
      return undefined;
  }
}
