import { eq, sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { Vote } from './input.ts';
import { articleByPath } from './queries.ts';
import { articles, articleVotes } from './schema.ts';

/** Says whether an article helped. One vote a person or browser; said again, it counts as the last time. */
export const voteOnArticle = operation({
  name: 'kb.vote',
  input: Vote,
  subject: ({ locale, category, slug }) => articleByPath(locale, category, slug),
  may: anyone,
  decide({ db, viewer, now }, { helpful, browser }, article) {
    const voter = viewer.id ?? `browser_${browser}`;
    const yes = helpful === 'yes';
    const count = (of: boolean) => sql<number>`(select count(*) from article_votes where article_id = ${article.id} and helpful = ${of ? 1 : 0})`;
    return {
      statements: [
        db.insert(articleVotes).values({ articleId: article.id, voter, helpful: yes, createdAt: now }).onConflictDoUpdate({ target: [articleVotes.articleId, articleVotes.voter], set: { helpful: yes, createdAt: now } }),
        db.update(articles).set({ helpful: count(true), unhelpful: count(false) }).where(eq(articles.id, article.id)),
      ],
      events: [{ type: 'article.rated', subject: article.id, data: { helpful: yes } }],
      result: { helpful: yes },
    };
  },
});
