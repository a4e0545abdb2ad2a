import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visibleCategories, visiblePosts, visibleTopics } from '../forum/access.ts';
import { comesBack } from '../moderation/access.ts';
import { authors } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one, onlyIf, onwardByNumber, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { factsFor, marksOf } from '../screening/access.ts';
import { taggingOf } from '../tags/access.ts';
import { leastLevels, levelOf } from '../trust/access.ts';
import { givenVote, removedWords, visibleVersions } from './access.ts';

const changed = (db: Database, viewer: Viewer) => {
  const [topic, post, category, gone] = [visibleTopics(db, viewer), visiblePosts(db, viewer), visibleCategories(db, viewer), removedWords(db, viewer)];
  const columns = {
    id: post.id, number: post.number, authorId: post.authorId, body: post.body, createdAt: post.createdAt, editedAt: post.editedAt, editorId: post.editorId, removed: post.removed, removedAt: post.removedAt,
    topicId: topic.id, topicNumber: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, categoryId: topic.categoryId, lastPostAt: topic.lastPostAt,
    words: { body: gone.body, title: gone.title, tags: gone.tags, reason: gone.reason },
    revision: revisionOf(post.id).as('revision'), topicRevision: revisionOf(topic.id).as('topic_revision'),
  };
  return { topic, post, category, gone, columns };
};

/** A post with its topic and the level of who asks, as a change of it is decided on. Of a removed one `words` are what it said, for those who may know. */
export const postToChange = one((db, viewer, id: string) => {
  const { topic, post, gone, columns } = changed(db, viewer);
  return db.select({ ...columns, level: levelOf(viewer.id).as('level'), least: leastLevels }).from(post).innerJoin(topic, eq(topic.id, post.topicId)).leftJoin(gone, eq(gone.postId, post.id)).where(eq(post.id, id)).limit(1);
});

/** The same with what its new words and tags are judged by, the slug of its category, whether it is hidden and a change by its author shows it again, and what it said in version `back`. */
export const postToEdit = one((db, viewer, id: string, text: string, tags: string[] = [], back?: number) => {
  const [{ topic, post, category, gone, columns }, past] = [changed(db, viewer), visibleVersions(db, viewer)];
  return db
    .select({ ...columns, hiddenAt: post.hiddenAt, comesBack: comesBack(post.id).as('comes_back'), past: { number: past.number, title: past.title, body: past.body, isRead: past.isRead }, category: category.slug, facts: factsFor(viewer, marksOf(viewer, text), id), tagging: taggingOf(viewer, tags, topic.categoryId) })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(category, eq(category.id, topic.categoryId))
    .leftJoin(gone, eq(gone.postId, post.id))
    .leftJoin(past, and(eq(past.postId, post.id), eq(past.number, back ?? 0)))
    .where(eq(post.id, id))
    .limit(1);
});

/** One thing that a post said before, as it is hidden or shown. */
export const versionToHide = one((db, viewer, id: string, number: number) => {
  const [topic, post, version] = [visibleTopics(db, viewer), visiblePosts(db, viewer), visibleVersions(db, viewer)];
  return db
    .select({ authorId: post.authorId, categoryId: topic.categoryId, hiddenAt: version.hiddenAt, revision: revisionOf(post.id).as('revision') })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .innerJoin(version, and(eq(version.postId, post.id), eq(version.number, number)))
    .where(eq(post.id, id))
    .limit(1);
});

/** A post as it is voted on: whose it is, how the viewer did so before, and the level of who votes. */
export const postToVoteOn = one((db, viewer, id: string) => {
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  return db
    .select({ id: post.id, number: post.number, authorId: post.authorId, removed: post.removed, editedAt: post.editedAt, ...givenVote(viewer, sql`case ${post.number} when 1 then ${topic.id} else ${post.id} end`), votesFrozenAt: topic.votesFrozenAt, topicId: topic.id, topicNumber: topic.number, categoryId: topic.categoryId, level: levelOf(viewer.id).as('level'), least: leastLevels })
    .from(post)
    .innerJoin(topic, eq(topic.id, post.topicId))
    .where(eq(post.id, id))
    .limit(1);
});

/** A post with its topic and author, as everyone may read it. */
export const postById = one(
  written(
    (id: string) => ({ id }),
    (db, viewer, at) => {
      const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
      return db
        .select({
          id: post.id, number: post.number, body: post.body, createdAt: post.createdAt, editedAt: post.editedAt, editorId: post.editorId, removed: post.removed, ups: post.ups, downs: post.downs, attachments: post.attachments, importId: post.importId, revision: revisionOf(post.id).as('revision'),
          topic: { number: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags },
          author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
        })
        .from(post)
        .innerJoin(topic, eq(topic.id, post.topicId))
        .innerJoin(author, eq(author.id, post.authorId))
        .where(eq(post.id, at.id))
        .limit(1);
    },
  ),
);

/** The same with whoever changed it last, for its history. */
export const postWithEditor = one(
  written(
    (id: string) => ({ id }),
    (db, viewer, at) => {
      const [topic, post, author, editor] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db), authors(db, 'editors')];
      return db
        .select({
          number: post.number, authorId: post.authorId, body: post.body, createdAt: post.createdAt, editedAt: post.editedAt, removed: post.removed, revision: revisionOf(post.id).as('revision'),
          topic: { number: topic.number, categoryId: topic.categoryId, title: topic.title, tags: topic.tags }, author: { name: author.name }, editor: { name: editor.name },
        })
        .from(post)
        .innerJoin(topic, eq(topic.id, post.topicId))
        .innerJoin(author, eq(author.id, post.authorId))
        .leftJoin(editor, eq(editor.id, post.editorId))
        .where(eq(post.id, at.id))
        .limit(1);
    },
  ),
);

/** What a post said before, the newest first. */
export const versionsPage = page(
  ({ number }: { number: number }) => [number],
  written(
    (slice: Slice, id: string) => ({ id, ...onwardByNumber(slice) }),
    (db, viewer, { id, from, most }) => {
      const [version, editor] = [visibleVersions(db, viewer), authors(db)];
      return db
        .select({ number: version.number, title: version.title, tags: version.tags, body: version.body, writtenAt: version.writtenAt, hiddenAt: version.hiddenAt, hiddenWhy: version.hiddenWhy, isRead: version.isRead, editor: { name: editor.name, handle: editor.handle } })
        .from(version)
        .innerJoin(editor, eq(editor.id, version.editorId))
        .where(and(eq(version.postId, id), from && lt(version.number, from)))
        .orderBy(desc(version.number))
        .limit(most);
    },
  ),
);

/** The post of a topic that somebody wants to quote. */
export const postToQuote = maybe(
  onlyIf(
    written(
      (topicNumber: number, place: number) => ({ topicNumber, place }),
      (db, viewer, { topicNumber, place }) => {
        const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
        return db
          .select({ topicNumber: topic.number, slug: topic.slug, number: post.number, handle: author.handle, body: post.body })
          .from(topic)
          .innerJoin(post, and(eq(post.topicId, topic.id), eq(post.number, place), isNull(post.removed)))
          .innerJoin(author, eq(author.id, post.authorId))
          .where(eq(topic.number, topicNumber))
          .limit(1);
      },
    ),
    (_viewer, _topicNumber, place) => place > 0,
  ),
);

/** The newest posts of a topic, the newest first, for its feed. */
export const newestPosts = many(
  written(
    (topicNumber: number, limit: number) => ({ topicNumber, limit }),
    (db, viewer, { topicNumber, limit }) => {
      const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
      return db
        .select({ number: post.number, createdAt: post.createdAt, editedAt: post.editedAt, isReported: post.isReported, ...drawing(post), author: { name: author.name } })
        .from(post)
        .innerJoin(author, eq(author.id, post.authorId))
        .where(and(eq(post.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, topicNumber))), isNull(post.removed)))
        .orderBy(desc(post.number))
        .limit(limit);
    },
  ),
);

/** Posts of a topic, from its end, whose authors are offered to whoever types an @. */
const LATELY = 200;

/** Who wrote in a topic lately, for naming them in a reply. */
export const speakersNamed = many(
  written(
    (topicNumber: number) => ({ topicNumber }),
    (db, viewer, { topicNumber }) => {
      const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
      return db
        .selectDistinct({ handle: author.handle, name: author.name })
        .from(topic)
        .innerJoin(post, and(eq(post.topicId, topic.id), gt(post.number, sql`${topic.postsCount} - ${sql.raw(String(LATELY))}`)))
        .innerJoin(author, eq(author.id, post.authorId))
        .where(eq(topic.number, topicNumber));
    },
  ),
);
