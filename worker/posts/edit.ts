import { eq } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { posts } from '../forum/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { authorOrModerator } from './access.ts';
import { PostEdit } from './input.ts';
import { postToChange } from './queries.ts';
import { nextVersion, postVersions } from './schema.ts';
import { following } from './words.ts';

/** Milliseconds after writing in which the same person’s change is none that is kept. */
const GRACE = 5 * 60_000;

interface Written {
  authorId: string;
  createdAt: Date;
  editedAt: Date | null;
  editorId: string | null;
}

const isGrace = (post: Written, who: string, now: Date) => (post.editorId ?? post.authorId) === who && now.getTime() - (post.editedAt ?? post.createdAt).getTime() < GRACE;

/** Says a post in other words, and, with the first of a topic, its title and tags. What it said before is kept, except within five minutes of writing it oneself. Files can be added. */
export const editPost = operation({
  name: 'posts.edit',
  input: PostEdit,
  subject: ({ post }) => postToChange(post),
  may: authorOrModerator,
  decide(setting, { revision, attachments, ...said }, post) {
    const { db, viewer, now } = setting;
    if (post.removed) throw new Refusal('conflict', 'This was removed. Bring it back first.');
    if (revision !== undefined && revision !== post.revision) throw new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');
    const isFirst = post.number === 1;
    const words = { body: said.body ?? post.body, title: (isFirst && said.title) || post.title, tags: (isFirst && said.tags) || post.tags };
    const isRetold = words.title !== post.title || String(words.tags) !== String(post.tags);
    const result = { id: post.id, number: post.topicNumber, place: post.number };
    if (!isRetold && words.body === post.body && attachments.length === 0) return { statements: [], events: [], result };
    const grace = isGrace(post, viewer.id!, now);
    const before = { postId: post.id, number: nextVersion(post.id), editorId: post.editorId ?? post.authorId, body: post.body, writtenAt: post.editedAt ?? post.createdAt, ...(isFirst ? { title: post.title, tags: post.tags } : {}) };
    const mark = grace ? {} : { editedAt: now, editorId: viewer.id! };
    const { title, tags } = words;
    return {
      statements: [
        ...(grace ? [] : [db.insert(postVersions).values(before)]),
        db.update(posts).set({ ...drawn(words.body), ...mark }).where(eq(posts.id, post.id)),
        ...attaching(setting, attachments, { post: post.id }),
        ...following(setting, post, words),
      ],
      events: [
        { type: 'post.edited', subject: post.id, revision: post.revision + 1, data: { topic: post.topicId, kept: !grace } },
        ...(isRetold ? [{ type: 'topic.changed' as const, subject: post.topicId, revision: post.topicRevision + 1, data: { from: { title: post.title, tags: post.tags }, to: { title, tags } } }] : []),
      ],
      result,
    };
  },
});
