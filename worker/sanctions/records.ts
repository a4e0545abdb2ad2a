import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { removedWords } from '../posts/access.ts';
import type { Database } from '../database/open.ts';
import { appealsOf, visibleSanctions, visibleStatements } from './access.ts';

const parts = (db: Database, viewer: Viewer) => {
  const [appeal, statement, post, topic] = [appealsOf(db), visibleStatements(db, viewer), visiblePosts(db, viewer), visibleTopics(db, viewer)];
  return { appeal, statement, post, topic };
};

/** Who decides about appeals at all, and where. */
const decides = (viewer: Viewer, { categoryId }: { categoryId: unknown }) => (!can(viewer, 'forum.moderate') ? sql`0` : viewer.scopes.categories ? sql`${categoryId} in (select value from json_each(${JSON.stringify(viewer.scopes.categories)}))` : undefined);

/** Appeals that wait, the oldest first, with the decision and where it was. Whose decision it was does not decide again. */
export const appealsToDecide = many((db, viewer, limit: number) => {
  const { appeal, statement, post, topic } = parts(db, viewer);
  const [author, by] = [authors(db), authors(db, 'by')];
  return db
    .select({
      id: appeal.id, words: appeal.words, createdAt: appeal.createdAt, statement: statement.id, action: statement.action, kinds: statement.kinds, reason: statement.words, isAutomatic: statement.isAutomatic, byId: statement.byId, by: by.name,
      author: author.name, handle: author.handle, topic: { number: topic.number, slug: topic.slug, title: topic.title }, place: post.number, excerpt: sql<string | null>`substr(${post.body}, 1, 600)`.as('excerpt'),
    })
    .from(appeal)
    .innerJoin(statement, eq(statement.id, appeal.statementId))
    .innerJoin(author, eq(author.id, statement.userId))
    .leftJoin(by, eq(by.id, statement.byId))
    .leftJoin(post, eq(post.id, statement.postId))
    .leftJoin(topic, sql`${topic.id} = coalesce(${statement.topicId}, ${post.topicId})`)
    .where(and(eq(appeal.status, 'open'), decides(viewer, topic)))
    .orderBy(asc(appeal.createdAt), asc(appeal.id))
    .limit(limit);
});

/** Appeals decided lately, the newest first. */
export const appealsDone = many((db, viewer, limit: number) => {
  const { appeal, statement, post, topic } = parts(db, viewer);
  const author = authors(db);
  return db
    .select({ id: appeal.id, status: appeal.status, answer: appeal.answer, decidedAt: appeal.decidedAt, statement: statement.id, action: statement.action, author: author.name })
    .from(appeal)
    .innerJoin(statement, eq(statement.id, appeal.statementId))
    .innerJoin(author, eq(author.id, statement.userId))
    .leftJoin(post, eq(post.id, statement.postId))
    .leftJoin(topic, sql`${topic.id} = coalesce(${statement.topicId}, ${post.topicId})`)
    .where(and(sql`${appeal.status} <> 'open'`, decides(viewer, topic)))
    .orderBy(desc(appeal.decidedAt), desc(appeal.id))
    .limit(limit);
});

/** An appeal as it is decided, with everything that overturning undoes. */
export const appealToDecide = one((db, viewer, id: string) => {
  const { appeal, statement, post, topic } = parts(db, viewer);
  const [sanction, gone] = [visibleSanctions(db, viewer), removedWords(db, viewer)];
  return db
    .select({
      id: appeal.id, status: appeal.status, statement: { id: statement.id, userId: statement.userId, action: statement.action, kinds: statement.kinds, byId: statement.byId },
      sanction: { id: sanction.id, userId: sanction.userId, kind: sanction.kind, liftedAt: sanction.liftedAt, createdAt: sanction.createdAt },
      post: { id: post.id, number: post.number, topicId: post.topicId, hiddenAt: post.hiddenAt, removed: post.removed },
      topic: { id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, lastPostAt: topic.lastPostAt, categoryId: topic.categoryId, lockedAt: topic.lockedAt },
      gone: { body: gone.body, title: gone.title, tags: gone.tags }, revision: revisionOf(appeal.id).as('revision'),
    })
    .from(appeal)
    .innerJoin(statement, eq(statement.id, appeal.statementId))
    .leftJoin(sanction, eq(sanction.id, statement.sanctionId))
    .leftJoin(post, eq(post.id, statement.postId))
    .leftJoin(topic, sql`${topic.id} = coalesce(${statement.topicId}, ${post.topicId})`)
    .leftJoin(gone, eq(gone.postId, statement.postId))
    .where(and(eq(appeal.id, id), decides(viewer, topic)))
    .limit(1);
});
