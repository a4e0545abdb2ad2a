import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { posts, repliesTitled, topicFound, topics } from '../forum/schema.ts';
import { feedback } from '../insights/schema.ts';
import { drawn } from '../platform/markdown.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { indexed } from '../search/schema.ts';
import { nextVersion, postQuotes, postVersions, quoting } from './schema.ts';

/** A post as its words are written anew, with its topic. */
export interface Post {
  id: string;
  number: number;
  topicId: string;
  topicNumber: number;
  slug: string;
  title: string;
  tags: string[];
  lastPostAt: Date;
}

export interface Words {
  body: string;
  title: string;
  tags: string[];
}

/** What customers said follows what the post says. */
export const remembering = (db: Database, post: Post, { body, title }: Pick<Words, 'body' | 'title'>): Writing => {
  const [source, sourceId] = post.number === 1 ? (['topic', post.topicId] as const) : (['post', post.id] as const);
  return db.update(feedback).set({ text: body, title }).where(and(eq(feedback.source, source), eq(feedback.sourceId, sourceId)));
};

/** The statements that put title and tags on the topic of a first post. */
export const titled = (db: Database, post: Post, { title, tags }: Words): Writing[] => [
  ...(title === post.title && String(tags) === String(post.tags) ? [] : [db.update(topics).set({ title, tags, slug: slugOf(title) }).where(eq(topics.id, post.topicId))]),
  ...(title === post.title ? [] : repliesTitled(db, post.topicId, title)),
];

/** Everything that follows from what a post says now, in the same commit: its topic’s title and tags, search, what customers said, and what it quotes. */
export function following({ db, now }: Pick<Setting, 'db' | 'now'>, post: Post, words: Words): Writing[] {
  const { body, title, tags } = words;
  const place = `/forum/topics/${post.topicNumber}/${post.slug}?page=${Math.ceil(post.number / 20)}#post-${post.number}`;
  return [
    ...(post.number === 1
      ? [...titled(db, post, words), ...topicFound(db, now, { id: post.topicId, number: post.topicNumber, title, tags, body })]
      : indexed(db, { type: 'post', refId: post.id, locale: languageOf(body), title, tags: [], text: body, updatedAt: now, url: place })),
    remembering(db, post, words),
    db.delete(postQuotes).where(eq(postQuotes.postId, post.id)),
    ...quoting(post.id, { id: post.topicId, number: post.topicNumber }, body),
  ];
}

/** A post with who said it last, and when. */
export interface Version extends Post, Words {
  authorId: string;
  createdAt: Date;
  editedAt: Date | null;
  editorId: string | null;
  /** Since when the post is hidden: what it said before is then, too. */
  hiddenAt?: Date | null;
}

/** The statements that say a post in other words. With `editorId` what it said before is kept, and it tells by whom it was changed. */
export function rewritten(setting: Pick<Setting, 'db' | 'now'>, post: Version, words: Words, editorId: string | null): Writing[] {
  const { db, now } = setting;
  const before = { postId: post.id, number: nextVersion(post.id), editorId: post.editorId ?? post.authorId, body: post.body, writtenAt: post.editedAt ?? post.createdAt, hiddenAt: post.hiddenAt ? now : null, ...(post.number === 1 ? { title: post.title, tags: post.tags } : {}) };
  return [
    ...(editorId ? [db.insert(postVersions).values(before)] : []),
    db.update(posts).set({ ...drawn(words.body), ...(editorId ? { editedAt: now, editorId } : {}) }).where(eq(posts.id, post.id)),
    ...following(setting, post, words),
  ];
}
