import { eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { either, rule } from '../platform/rules.ts';
import { can, moderates, type Viewer } from '../platform/viewer.ts';
import { categories, posts, topics, topicTags } from './schema.ts';

/** Everyone sees every category. */
export const visibleCategories = (db: Database, _viewer: Viewer) => db.select().from(categories).as('categories');

/** Everyone sees every topic, beside its category; who looks after it is for moderators. A topic that was merged into another is no more. */
export const visibleTopics = (db: Database, viewer: Viewer) =>
  db
    .select({
      id: topics.id, number: topics.number, slug: topics.slug, title: topics.title, kind: topics.kind, tags: topics.tags, postsCount: topics.postsCount, categoryId: topics.categoryId,
      authorId: topics.authorId, lastPostAt: topics.lastPostAt, lastAuthorId: topics.lastAuthorId, acceptedPostId: topics.acceptedPostId, lockedAt: topics.lockedAt, pinnedAt: topics.pinnedAt,
      assigneeId: can(viewer, 'forum.moderate') ? topics.assigneeId : sql<string | null>`null`.as('no_assignee'), createdAt: topics.createdAt, importId: topics.importId,
    })
    .from(topics)
    .where(isNull(topics.mergedInto))
    .as('topics');

/** Everyone sees every post of a topic that they see. */
export const visiblePosts = (db: Database, _viewer: Viewer) => db.select().from(posts).as('posts');

/** Topics by tag. */
export const visibleTopicTags = (db: Database, viewer: Viewer) => {
  const topic = visibleTopics(db, viewer);
  return db.select({ tag: topicTags.tag, topicId: topicTags.topicId, lastPostAt: topicTags.lastPostAt }).from(topicTags).innerJoin(topic, eq(topic.id, topicTags.topicId)).as('topic_tags');
};

interface Placed {
  authorId: string;
  categoryId: string;
}

const author = rule<Placed>('the author', (viewer, topic) => viewer.id !== null && topic.authorId === viewer.id);

/** Those who moderate where it is. */
export const moderators = rule<Pick<Placed, 'categoryId'>>('people with the permission forum.moderate in its category', (viewer, topic) => moderates(viewer, topic.categoryId));

/** Who says which answer solved a question. */
export const askerOrModerator = either<Placed>(author, moderators);
