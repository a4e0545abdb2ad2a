import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { drawing } from '../platform/markdown.ts';
import { decodeCursor, many, maybe, one, page, type Slice } from '../platform/query.ts';
import type { Locale, Viewer } from '../platform/viewer.ts';
import { isForViewer, visibleArticles, visibleKbCategories } from './access.ts';

const categoryAt = (db: Database, viewer: Viewer, locale: Locale, slug: string) => {
  const category = visibleKbCategories(db, viewer);
  return db.select().from(category).where(and(eq(category.locale, locale), eq(category.slug, slug))).limit(1);
};

/** A category of the help centre. */
export const kbCategory = one(categoryAt);

/** The same for an article, whose category may have no page of its own. */
export const kbCategoryOrNone = maybe(categoryAt);

const brief = (article: ReturnType<typeof visibleArticles>) => ({
  id: article.id, category: article.category, slug: article.slug, locale: article.locale, title: article.title, summary: article.summary, audience: article.audience, updatedAt: article.updatedAt, importId: article.importId,
});

type Column = { getSQL(): SQL };

const placeOf = ({ position, slug }: { position: number; slug: string }) => [position, slug];

/** Categories, in the order their writers chose. */
const shelvesAfter = (db: Database, viewer: Viewer, { after, limit }: Slice, locale: Locale) => {
  const category = visibleKbCategories(db, viewer);
  return db.select().from(category).where(and(eq(category.locale, locale), beyond(category, after))).orderBy(asc(category.position), asc(category.slug)).limit(limit);
};

const beyond = ({ position, slug }: { position: Column; slug: Column }, after: string | undefined) => {
  const [place, name] = decodeCursor(after, ['number', 'string']) ?? [];
  return place === undefined || name === undefined ? undefined : sql`(${position}, ${slug}) > (${place}, ${name})`;
};

/** A page of the help centre's categories. */
export const kbCategories = page(placeOf, (db, viewer, slice: Slice, locale: Locale) => shelvesAfter(db, viewer, { ...slice, limit: slice.limit + 1 }, locale));

/** The first articles of each category that `kbCategories` gives for the same slice, of none more than `most`. */
export const firstArticles = many((db, viewer, slice: Slice, locale: Locale, most: number) => {
  const [article, first] = [visibleArticles(db, viewer), visibleArticles(db, viewer)];
  const shelf = shelvesAfter(db, viewer, slice, locale).as('shelf');
  const best = db.select({ id: first.id }).from(first).where(and(eq(first.locale, locale), eq(first.category, shelf.slug))).orderBy(asc(first.position), asc(first.slug)).limit(most);
  return db.select({ category: article.category, slug: article.slug, title: article.title }).from(shelf).innerJoin(article, inArray(article.id, best)).orderBy(asc(article.category), asc(article.position), asc(article.slug));
});

/** A page of a category's articles, in the order their writers chose. */
export const articlesIn = page(placeOf, (db, viewer, { after, limit }: Slice, locale: Locale, category: string) => {
  const article = visibleArticles(db, viewer);
  return db
    .select({ ...brief(article), position: article.position })
    .from(article)
    .where(and(eq(article.locale, locale), eq(article.category, category), beyond(article, after)))
    .orderBy(asc(article.position), asc(article.slug))
    .limit(limit + 1);
});

/** The articles for the viewer that helped most; of those that helped alike, the first of the help centre. */
export const popularArticles = many((db, viewer, locale: Locale, limit: number) => {
  const article = visibleArticles(db, viewer);
  return db.select(brief(article)).from(article).where(and(eq(article.locale, locale), isForViewer(viewer, article))).orderBy(desc(article.helpful), asc(article.position), asc(article.id)).limit(limit);
});

export const articleByPath = one((db, viewer, locale: Locale, category: string, slug: string) => {
  const article = visibleArticles(db, viewer);
  return db
    .select({ ...brief(article), ...drawing(article), source: article.source, helpful: article.helpful, unhelpful: article.unhelpful })
    .from(article)
    .where(and(eq(article.locale, locale), eq(article.category, category), eq(article.slug, slug)))
    .limit(1);
});

/** An article with its words as written, whether or not they were drawn. */
export const wholeArticle = one((db, viewer, locale: Locale, category: string, slug: string) => {
  const article = visibleArticles(db, viewer);
  return db
    .select({ ...brief(article), source: article.source, helpful: article.helpful, unhelpful: article.unhelpful, body: article.body, html: drawing(article).html })
    .from(article)
    .where(and(eq(article.locale, locale), eq(article.category, category), eq(article.slug, slug)))
    .limit(1);
});

/** Every article, of one language and category or of all, for lists that machines read. */
export const articlesPage = page(
  ({ locale, category, slug }: { locale: string; category: string; slug: string }) => [locale, category, slug],
  (db, viewer, { after, limit }: Slice, only: { locale?: Locale | undefined; category?: string | undefined }) => {
    const article = visibleArticles(db, viewer);
    const from = decodeCursor(after, ['string', 'string', 'string']);
    return db
      .select(brief(article))
      .from(article)
      .where(
        and(
          only.locale ? eq(article.locale, only.locale) : undefined,
          only.category ? eq(article.category, only.category) : undefined,
          from ? sql`(${article.locale}, ${article.category}, ${article.slug}) > (${from[0]}, ${from[1]}, ${from[2]})` : undefined,
        ),
      )
      .orderBy(asc(article.locale), asc(article.category), asc(article.slug))
      .limit(limit + 1);
  },
);
