import { asc, eq, sql } from 'drizzle-orm';
import { visibleCategories, visiblePosts, visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { many, one } from '../platform/query.ts';
import { factsFor, marksOf } from '../screening/access.ts';
import { leastLevels, levelOf } from '../trust/access.ts';
import { hasTold, visibleNotes } from './access.ts';

/** A post as its author is told something about it: what the words are judged by, the level of who says it, and whether they did so before. */
export const postToAdvise = one((db, viewer, id: string, words: string) => {
  const [post, topic, category] = [visiblePosts(db, viewer), visibleTopics(db, viewer), visibleCategories(db, viewer)];
  return db
    .select({
      id: post.id, place: post.number, authorId: post.authorId, removed: post.removed, topic: { id: topic.id, number: topic.number, slug: topic.slug, title: topic.title, categoryId: topic.categoryId }, category: category.slug,
      level: levelOf(viewer.id).as('level'), least: leastLevels, hasTold: hasTold(viewer, post.id).as('has_told'), facts: factsFor(viewer, marksOf(viewer, words)),
    })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(category, eq(category.id, topic.categoryId))
    .where(eq(post.id, id))
    .limit(1);
});

/** What was told to the author of a post, with the post, the oldest first: all of it for them and for moderators, else what the viewer told. */
export const notesOfPost = many((db, viewer, post: string) => {
  const note = visibleNotes(db, viewer);
  return db.select({ id: note.id, words: note.words, isSigned: note.isSigned, createdAt: note.createdAt, by: note.by }).from(note).where(eq(note.postId, post)).orderBy(asc(note.createdAt), asc(note.id)).limit(200);
});

/** One note with its post. */
export const noteById = one((db, viewer, id: string) => {
  const [note, post, topic, author] = [visibleNotes(db, viewer), visiblePosts(db, viewer), visibleTopics(db, viewer), authors(db)];
  return db
    .select({
      id: note.id, words: note.words, createdAt: note.createdAt, by: note.by, isMine: note.isMine, place: post.number, removed: post.removed, excerpt: sql<string>`substr(${post.body}, 1, 400)`.as('excerpt'), author: author.name,
      postId: sql<string>`${post.id}`.as('advised_post'), topic: { number: topic.number, slug: topic.slug, title: topic.title },
    })
    .from(note)
    .innerJoin(post, eq(post.id, note.postId))
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(author, eq(author.id, post.authorId))
    .where(eq(note.id, id))
    .limit(1);
});
