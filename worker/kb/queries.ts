import { and, asc, desc, eq, gt, or } from 'drizzle-orm';
import { drawing } from '../platform/markdown.ts';
import { decodeCursor, many, one, page } from '../platform/query.ts';
import type { Locale } from '../platform/viewer.ts';
import { visibleArticles, visibleKbCategories } from './access.ts';

export const kbCategories = many((db, viewer, locale: Locale) => {
  const category = visibleKbCategories(db, viewer);
  return db.select().from(category).where(eq(category.locale, locale)).orderBy(asc(category.position), asc(category.slug));
});

const brief = (article: ReturnType<typeof visibleArticles>) => ({
  id: article.id, category: article.category, slug: article.slug, locale: article.locale, title: article.title, summary: article.summary, updatedAt: article.updatedAt, importId: article.importId,
});

/** At most a hundred articles of a category, or of the whole help centre, in the order their writers chose. */
export const articlesIn = many((db, viewer, locale: Locale, category?: string) => {
  const article = visibleArticles(db, viewer);
  return db
    .select(brief(article))
    .from(article)
    .where(and(eq(article.locale, locale), category === undefined ? undefined : eq(article.category, category)))
    .orderBy(asc(article.category), asc(article.position), asc(article.slug))
    .limit(category === undefined ? 200 : 500);
});

/** The articles that helped most. */
export const popularArticles = many((db, viewer, locale: Locale, limit: number) => {
  const article = visibleArticles(db, viewer);
  return db.select(brief(article)).from(article).where(eq(article.locale, locale)).orderBy(desc(article.helpful), desc(article.id)).limit(limit);
});

export const articleByPath = one((db, viewer, locale: Locale, category: string, slug: string) => {
  const article = visibleArticles(db, viewer);
  return db
    .select({ ...brief(article), ...drawing(article), source: article.source, helpful: article.helpful, unhelpful: article.unhelpful })
    .from(article)
    .where(and(eq(article.locale, locale), eq(article.category, category), eq(article.slug, slug)))
    .limit(1);
});

/** Every article, for lists that machines read. */
export const articlesPage = page(
  ({ locale, category, slug }: { locale: string; category: string; slug: string }) => [locale, category, slug],
  (db, viewer, { after, limit }) => {
    const article = visibleArticles(db, viewer);
    const [locale, category, slug] = (decodeCursor(after) ?? []).map(String);
    return db
      .select(brief(article))
      .from(article)
      .where(
        locale === undefined || category === undefined || slug === undefined
          ? undefined
          : or(gt(article.locale, locale as Locale), and(eq(article.locale, locale as Locale), or(gt(article.category, category), and(eq(article.category, category), gt(article.slug, slug))))),
      )
      .orderBy(asc(article.locale), asc(article.category), asc(article.slug))
      .limit(limit + 1);
  },
);
