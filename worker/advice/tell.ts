import { sql } from 'drizzle-orm';
import { counted, keyOf } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { DAY } from '../platform/time.ts';
import { passed, screened, waiting } from '../screening/access.ts';
import { flagsOf } from '../trust/access.ts';
import { advisers, hasTold } from './access.ts';
import { Advice } from './input.ts';
import { postToAdvise } from './queries.ts';
import { advised } from './schema.ts';

/** Tells the author of a post something about it, and nobody else; once each. It counts among the reports of the day, and is screened as posts are: what the rules hold waits for a moderator. */
export const tellAuthor = operation({
  name: 'advice.tell',
  input: Advice,
  subject: ({ post, words }) => postToAdvise(post, words),
  may: advisers,
  decide(setting, { words, signed }, post) {
    const { db, viewer, now, newId } = setting;
    if (post.removed) throw new Refusal('conflict', 'This was removed.');
    const again = new Refusal('conflict', 'You have told the author already. Thank you.');
    if (post.hasTold) throw again;
    const { facts, topic } = post;
    const judgement = screened(setting, { title: '', tags: [], body: words }, post.category, facts);
    const guard = { holds: sql`not ${hasTold(viewer, sql`${post.id}`)}`, otherwise: again };
    const limit = counted(db, keyOf('flag', viewer.id!), { most: flagsOf(post), within: DAY }, now);
    const result = { post: post.id, number: topic.number, slug: topic.slug, place: post.place };
    if (judgement.reasons.length > 0) {
      const place = { kind: signed ? ('signed_note' as const) : ('note' as const), categoryId: topic.categoryId, topicId: topic.id, postId: post.id };
      const { statements, events } = waiting(setting, newId('hld'), place, { ...judgement, title: topic.title }, facts);
      return { guard, statements: [limit, ...statements], events, result: { ...result, isHeld: true } };
    }
    const id = newId('nte');
    const { statements, events } = advised(db, { id, postId: post.id, authorId: viewer.id!, words: judgement.body, isSigned: signed, createdAt: now });
    return { guard, statements: [limit, ...statements, ...passed(setting, id, { ...judgement, grounds: null }, facts)], events, result: { ...result, isHeld: false } };
  },
});
