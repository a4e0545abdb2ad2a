import { type CollectionEntry, getCollection } from 'astro:content';
import { rendered } from '../../worker/platform/markdown.ts';
import type { Locale } from '../messages/index.ts';

const partsOf = ({ id }: CollectionEntry<'kb'>) => {
  const [locale, category, slug] = id.split('/') as [string, string, string];
  return { locale, category, slug };
};

/** Every article of content/kb in a language, as paths and props for `components/kb/Article.astro`. */
export async function articlePaths(locale: Locale) {
  const all = (await getCollection('kb')).map((entry) => ({ entry, ...partsOf(entry) })).filter((one) => one.locale === locale);
  const titleOf = (category: string) => all.find((one) => one.category === category && one.slug === 'index')?.entry.data.title ?? category;
  return all
    .filter(({ slug }) => slug !== 'index')
    .map(({ entry, category, slug }) => ({
      params: { category, slug },
      props: {
        locale,
        category: { slug: category, title: titleOf(category) },
        slug,
        title: entry.data.title,
        summary: entry.data.summary,
        html: rendered(entry.body ?? ''),
        updated: entry.data.updated ?? new Date(0),
        related: all.filter((one) => entry.data.related.includes(`${one.category}/${one.slug}`)).map((one) => ({ category: one.category, slug: one.slug, title: one.entry.data.title })),
      },
    }));
}
