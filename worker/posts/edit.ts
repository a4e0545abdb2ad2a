import { eq } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { posts } from '../forum/schema.ts';
import { COOLING } from '../moderation/access.ts';
import { reviews } from '../moderation/schema.ts';
import { logged } from '../moderation/stating.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { overtaken, Refusal } from '../platform/refusal.ts';
import { MINUTE } from '../platform/time.ts';
import { passed, screened, waiting } from '../screening/access.ts';
import { ruled } from '../tags/access.ts';
import { editCounted } from '../trust/access.ts';
import { authorOrModerator, isTooOld } from './access.ts';
import { PostEdit } from './input.ts';
import { postToEdit } from './queries.ts';
import { rewritten } from './words.ts';

/** Milliseconds after writing in which the same person’s change is none that is kept. */
const GRACE = 5 * MINUTE;

interface Written {
  authorId: string;
  createdAt: Date;
  editedAt: Date | null;
  editorId: string | null;
}

const isGrace = (post: Written, who: string, now: Date) => (post.editorId ?? post.authorId) === who && now.getTime() - (post.editedAt ?? post.createdAt).getTime() < GRACE;

interface Hidden {
  id: string;
  authorId: string;
  categoryId: string;
  hiddenAt: Date | null;
  comesBack: boolean;
}

/** Whether a change shows the post again: its author’s, once, when flags hid it long enough ago. */
const isBack = (post: Hidden, who: string, now: Date) => post.authorId === who && post.hiddenAt !== null && post.comesBack && now.getTime() - post.hiddenAt.getTime() >= COOLING;

/** The statements that show a hidden post again. Its review goes on; the flags that hid it do not do so again. */
const shownAgain = (setting: Setting, post: Hidden): Writing[] => [
  setting.db.update(posts).set({ hiddenAt: null }).where(eq(posts.id, post.id)),
  setting.db.update(reviews).set({ shownAgainAt: setting.now }).where(eq(reviews.postId, post.id)),
  logged(setting, { action: 'shown', isAutomatic: true, categoryId: post.categoryId }),
];

/**
 * Says a post in other words, and, with the first of a topic, its title and tags. What it said before is kept, except within five minutes of writing it
 * oneself, unless it is hidden or goes back to an earlier version. A change by its author shows again, once, what flags hid. Files can be added. What the rules hold waits for a moderator; until then the post stays as it is.
 */
export const editPost = operation({
  name: 'posts.edit',
  input: PostEdit,
  subject: ({ post, title, body, tags, back }) => postToEdit(post, `${title ?? ''} ${body ?? ''}`, tags, back),
  may: authorOrModerator,
  decide(setting, { revision, attachments, back: version, ...said }, { facts, category, tagging, past, ...post }) {
    const { viewer, now, newId } = setting;
    if (post.removed) throw new Refusal('conflict', 'This was removed. Bring it back first.');
    if (revision !== undefined && revision !== post.revision) throw overtaken();
    if (isTooOld(viewer, post, facts ?? { level: 0, least: {} }, now.getTime())) throw new Refusal('forbidden', 'You wrote this too long ago to change it. Ask a moderator.');
    if (version !== undefined && !past?.isRead) throw new Refusal('conflict', 'There is no such version to go back to.');
    const isFirst = post.number === 1;
    const wished = { body: said.body ?? past?.body ?? post.body, title: (isFirst && (said.title ?? past?.title)) || post.title, tags: isFirst && said.tags && String(said.tags) !== String(post.tags) ? ruled(tagging) : post.tags };
    const judgement = screened(setting, wished, category, facts);
    const words = { body: judgement.body, title: isFirst ? judgement.title : post.title, tags: isFirst ? judgement.tags : post.tags };
    const isRetold = words.title !== post.title || String(words.tags) !== String(post.tags);
    const pace = facts ? editCounted(setting.db, viewer.id!, facts, now) : [];
    const result = { id: post.id, number: post.topicNumber, place: post.number, isHeld: false };
    if (!isRetold && words.body === post.body && attachments.length === 0) return { statements: [], events: [], result };
    if (judgement.reasons.length > 0) {
      const place = { kind: 'edit' as const, categoryId: post.categoryId, topicId: post.topicId, postId: post.id };
      const id = newId('hld');
      const { statements, events } = waiting(setting, id, place, judgement, facts);
      return { statements: [...pace, ...statements, ...attaching(setting, attachments, { held: id })], events, result: { ...result, isHeld: true } };
    }
    const grace = post.hiddenAt === null && version === undefined && isGrace(post, viewer.id!, now);
    const back = (isRetold || words.body !== post.body) && isBack(post, viewer.id!, now);
    const { title, tags } = words;
    return {
      statements: [...pace, ...rewritten(setting, post, words, grace ? null : viewer.id!), ...(back ? shownAgain(setting, post) : []), ...attaching(setting, attachments, { post: post.id }), ...passed(setting, post.id, judgement, facts)],
      events: [
        { type: 'post.edited', subject: post.id, revision: post.revision + 1, data: { topic: post.topicId, kept: !grace, ...(back ? { shownAgain: true } : {}), ...(version === undefined ? {} : { version }) } },
        ...(isRetold ? [{ type: 'topic.changed' as const, subject: post.topicId, revision: post.topicRevision + 1, data: { from: { title: post.title, tags: post.tags }, to: { title, tags } } }] : []),
      ],
      result,
    };
  },
});
