import { eq } from 'drizzle-orm';
import { posts, topics } from '../forum/schema.ts';
import { reviews, statementsOfReasons } from '../moderation/schema.ts';
import { logged } from '../moderation/stating.ts';
import { drawn } from '../platform/markdown.ts';
import { type Change, operation, type Setting, type Writing } from '../platform/operation.ts';
import { overtaken, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can } from '../platform/viewer.ts';
import { removedPosts } from '../posts/schema.ts';
import { following, type Post } from '../posts/words.ts';
import { AppealDecision } from './input.ts';
import { lifted } from './lifting.ts';
import { appealToDecide } from './records.ts';
import { appeals, type SanctionKind } from './schema.ts';

interface Appealed {
  statement: { id: string; action: string };
  sanction: { id: string; userId: string; kind: SanctionKind; liftedAt: Date | null } | null;
  post: { id: string; number: number; topicId: string; hiddenAt: Date | null; removed: string | null } | null;
  topic: (Omit<Post, 'id' | 'number' | 'topicId' | 'topicNumber'> & { id: string; number: number; lockedAt: Date | null }) | null;
  gone: { body: string; title: string | null; tags: string[] | null } | null;
}

/** The statements that bring a removed post back with its words. */
function broughtBack(setting: Setting, { post, topic, gone }: Appealed): Writing[] {
  const { db } = setting;
  if (!post?.removed || !topic || !gone) return [];
  const words = { body: gone.body, title: gone.title ?? topic.title, tags: gone.tags ?? topic.tags };
  return [
    db.update(posts).set({ ...drawn(words.body), removed: null, removedAt: null }).where(eq(posts.id, post.id)),
    db.delete(removedPosts).where(eq(removedPosts.postId, post.id)),
    ...following(setting, { ...topic, id: post.id, number: post.number, topicId: post.topicId, topicNumber: topic.number }, words),
  ];
}

/** The statements that undo what was decided. What was undone meanwhile stays so. */
function undone(setting: Setting, appealed: Appealed, words: string): Writing[] {
  const { db, viewer, now } = setting;
  const { statement, sanction, post, topic } = appealed;
  if (sanction) return sanction.liftedAt ? [] : lifted(setting, sanction, words);
  if (statement.action === 'hidden' && post) return [db.update(posts).set({ hiddenAt: null }).where(eq(posts.id, post.id)), db.update(reviews).set({ status: 'disagree', words, decidedBy: viewer.id, decidedAt: now }).where(eq(reviews.postId, post.id))];
  if (statement.action === 'removed') return broughtBack(setting, appealed);
  return topic ? [db.update(topics).set({ lockedAt: null }).where(eq(topics.id, topic.id))] : [];
}

/** Decides about an appeal, by somebody who did not decide first. Overturning undoes what was done, and tells so; either way they are told why. */
export const decideAppeal = operation({
  name: 'sanctions.decide-appeal',
  input: AppealDecision,
  subject: ({ appeal }) => appealToDecide(appeal),
  may: permitted('forum.moderate'),
  decide(setting, { appeal: id, decision, words }, appealed): Change<{ id: string }> {
    const { db, viewer, now } = setting;
    const { statement, sanction, topic } = appealed;
    if (appealed.status !== 'open') throw overtaken();
    if (viewer.id === statement.byId || viewer.id === statement.userId) throw new Refusal('forbidden', 'Somebody else decides about this: not who decided first, and not whom it is about.');
    if (sanction && !can(viewer, sanction.kind === 'suspension' || sanction.kind === 'deletion' ? 'people.suspend' : 'people.silence')) throw new Refusal('forbidden', 'Somebody decides about this who may do the same.');
    const overturns = decision === 'overturn';
    const status = overturns ? 'overturned' : 'upheld';
    return {
      statements: [
        db.update(appeals).set({ status, answer: words, decidedBy: viewer.id, decidedAt: now }).where(eq(appeals.id, id)),
        ...(overturns ? [...undone(setting, appealed, words), db.update(statementsOfReasons).set({ withdrawnAt: now }).where(eq(statementsOfReasons.id, statement.id))] : []),
        logged(setting, { action: status, rule: statement.kinds[0] ?? null, categoryId: topic?.categoryId ?? null }),
      ],
      events: [{ type: `appeal.${status}`, subject: id, revision: appealed.revision + 1, data: { statement: statement.id } }],
      result: { id },
    };
  },
});
