import { basename, join } from 'node:path';
import { languageOf } from '../../../worker/platform/text.ts';
import { type Converter, linesOf, slugOf, spoken } from './shared.ts';

const UPDATED = '2020-01-01T00:00:00Z';

interface Article {
  id: string;
  title: string;
  summary: string;
  paragraphs: string[];
}

/** Whole help articles, articles.jsonl: the summary first, then the paragraphs. A short paragraph without an end is a heading. */
export const articles: Converter = async function* (folder) {
  const set = basename(folder);
  for await (const text of linesOf(join(folder, 'articles.jsonl'))) {
    const { id, title, summary, paragraphs } = JSON.parse(text) as Article;
    const body = [summary, ...paragraphs].filter((paragraph) => paragraph.trim()).map((paragraph) => (paragraph.length <= 60 && !/[.:;!?…]\s*$/.test(paragraph) ? `## ${paragraph}` : paragraph));
    yield { type: 'article', id: `${set}-${id}`, category: slugOf(set.replace(/-(en|el)$/, '')), slug: slugOf(id), locale: languageOf(`${title} ${body.join(' ')}`), title: spoken(title), body: spoken(body.join('\n\n')), updatedAt: UPDATED };
  }
};

/** A guide as paragraphs in two languages, paragraphs.tsv: an article of each language for every forty paragraphs. */
export const paragraphs: Converter = async function* (folder) {
  const set = basename(folder).replace(/-el$/, '');
  let [part, pairs]: [number, [string, string][]] = [0, []];
  const chapter = () => {
    part++;
    const lines = (['en', 'el'] as const).map((locale, i) => ({
      type: 'article' as const, id: `${set}-${part}-${locale}`, category: slugOf(set), slug: `part-${part}`, locale, title: `${locale === 'en' ? 'Guide, part' : 'Οδηγός, μέρος'} ${part}`, body: spoken(pairs.map((pair) => pair[i]).join('\n\n')), updatedAt: UPDATED,
    }));
    pairs = [];
    return lines;
  };
  let header = true;
  for await (const text of linesOf(join(folder, 'paragraphs.tsv'))) {
    const [english = '', greek = ''] = text.split('\t');
    if (!header && pairs.push([english, greek]) === 40) yield* chapter();
    header = false;
  }
  if (pairs.length > 0) yield* chapter();
};
