import { and, eq, isNull } from 'drizzle-orm';
import { posts } from '../forum/schema.ts';
import { statementsOfReasons } from '../moderation/schema.ts';
import { logged } from '../moderation/stating.ts';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { removerOrModerator } from './access.ts';
import { PostRemoval } from './input.ts';
import { postToChange } from './queries.ts';
import { removedPosts } from './schema.ts';
import { UNDO } from './undo.ts';
import { following } from './words.ts';

/** Brings back what was removed: authors their own within a day, moderators any, with a reason. */
export const restorePost = operation({
  name: 'posts.restore',
  input: PostRemoval,
  subject: ({ post }) => postToChange(post),
  may: removerOrModerator,
  decide(setting, { reason }, post) {
    const { db, viewer, now } = setting;
    const kept = post.words;
    if (!post.removed || !kept) throw new Refusal('conflict', 'This is not removed.');
    const isOwn = post.authorId === viewer.id && post.removed === 'author';
    if (isOwn && now.getTime() - (post.removedAt?.getTime() ?? 0) > UNDO) throw new Refusal('conflict', 'This was removed more than a day ago. Write it anew.');
    if (!isOwn && !reason) throw invalid({ reason: 'Say why.' });
    const words = { body: kept.body, title: kept.title ?? post.title, tags: kept.tags ?? post.tags };
    return {
      statements: [
        db.update(posts).set({ ...drawn(words.body), removed: null, removedAt: null }).where(eq(posts.id, post.id)),
        db.delete(removedPosts).where(eq(removedPosts.postId, post.id)),
        ...following(setting, post, words),
        ...(post.removed === 'moderator' ? [db.update(statementsOfReasons).set({ withdrawnAt: now }).where(and(eq(statementsOfReasons.postId, post.id), eq(statementsOfReasons.action, 'removed'), isNull(statementsOfReasons.withdrawnAt))), logged(setting, { action: 'restored', categoryId: post.categoryId })] : []),
      ],
      events: [{ type: 'post.restored', subject: post.id, revision: post.revision + 1, data: { topic: post.topicId, ...(reason ? { reason } : {}) } }],
      result: { id: post.id, number: post.topicNumber, place: post.number },
    };
  },
});
