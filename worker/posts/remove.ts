import { and, eq } from 'drizzle-orm';
import { posts, topics } from '../forum/schema.ts';
import { logged, stated } from '../moderation/stating.ts';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { REMOVED } from '../platform/removed.ts';
import { searchDocuments } from '../search/schema.ts';
import { authorOrModerator } from './access.ts';
import { PostRemoval } from './input.ts';
import { postToChange } from './queries.ts';
import { postQuotes, removedPosts } from './schema.ts';
import { remembering, titled } from './words.ts';

/**
 * Takes the words of a post away from everyone; its place stays. Title and tags of a topic go with its first post. Authors remove their own, moderators
 * any, with a reason.
 */
export const removePost = operation({
  name: 'posts.remove',
  input: PostRemoval,
  subject: ({ post }) => postToChange(post),
  may: authorOrModerator,
  decide(setting, { reason, code }, post) {
    const { db, viewer, now } = setting;
    if (post.removed) throw new Refusal('conflict', 'This was removed already.');
    const removed = post.authorId === viewer.id ? 'author' : 'moderator';
    if (removed === 'moderator' && !reason) throw invalid({ reason: 'Say why.' });
    const isFirst = post.number === 1;
    const { title, tags, body } = post;
    const gone = { body: REMOVED.body, title: isFirst ? REMOVED.title : title, tags: [] };
    const [type, refId] = isFirst ? (['topic', post.topicId] as const) : (['post', post.id] as const);
    return {
      statements: [
        db.insert(removedPosts).values({ postId: post.id, removerId: viewer.id!, reason: reason ?? null, body, ...(isFirst ? { title, tags } : {}) }),
        db.update(posts).set({ ...drawn(gone.body), removed, removedAt: now, acceptedAt: null }).where(eq(posts.id, post.id)),
        ...(isFirst ? [...titled(db, post, gone), db.update(topics).set({ slug: REMOVED.slug }).where(eq(topics.id, post.topicId))] : []),
        db.delete(searchDocuments).where(and(eq(searchDocuments.type, type), eq(searchDocuments.refId, refId))),
        db.delete(postQuotes).where(eq(postQuotes.postId, post.id)),
        remembering(db, post, gone),
        ...(removed === 'moderator' ? [stated(setting, { userId: post.authorId, action: 'removed', postId: post.id, kinds: [code], words: reason ?? '', mail: 'due' }), logged(setting, { action: 'removed', rule: code, categoryId: post.categoryId })] : []),
      ],
      events: [{ type: 'post.removed', subject: post.id, revision: post.revision + 1, data: { topic: post.topicId, by: removed, ...(reason ? { reason } : {}) } }],
      result: { id: post.id, number: post.topicNumber, place: post.number, removed },
    };
  },
});
