import { attaching } from '../attachments/schema.ts';
import { draftGone } from '../drafts/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { counted, keyOf } from '../platform/limits.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { isStaff, moderates } from '../platform/viewer.ts';
import { passed, screened, waiting } from '../screening/access.ts';
import { NewPost } from './input.ts';
import { paced, roomOnFirstDay } from './pace.ts';
import { topicToAnswer } from './records.ts';
import { answered, placeOf } from './schema.ts';

/** What keeps people from replying too often in a topic that is slow; of many at once one passes. */
function slowed({ db, viewer, now }: Setting, topic: { id: string; slowSeconds: number; lastOwnAt: number | null; category: { id: string } }): Writing[] {
  if (topic.slowSeconds === 0 || moderates(viewer, topic.category.id)) return [];
  const [within, last] = [topic.slowSeconds * 1_000, topic.lastOwnAt ?? 0];
  const wait = last + within - now.getTime();
  if (wait > 0) throw new Refusal('too_many', 'This topic is slow: wait a while before you write in it again.', {}, Math.ceil(wait / 1_000));
  return [counted(db, keyOf('slow', `${topic.id} ${viewer.id}`), { most: 1, within }, now)];
}

/** Answers a topic. Any number of people at once: each answer gets the next number, none is refused. What the rules hold waits for a moderator instead, and has no place yet. */
export const replyToTopic = operation({
  name: 'forum.reply',
  input: NewPost,
  subject: ({ number, body }) => topicToAnswer(number, body),
  may: signedIn,
  decide(setting, { attachments, ...said }, topic) {
    const { db, viewer, newId } = setting;
    if (topic.lockedAt && !moderates(viewer, topic.category.id)) throw new Refusal('forbidden', 'This topic is locked. Only moderators write in it.');
    if (topic.teamOnlyAt && !isStaff(viewer) && !moderates(viewer, topic.category.id)) throw new Refusal('forbidden', 'Only the team replies in this topic.');
    if (!topic.category.mayReply) throw new Refusal('forbidden', 'You may read this category, but not write in it.');
    const { facts, slug, number } = topic;
    const pace = paced(setting, 'reply', said.body, facts);
    const room = roomOnFirstDay(setting, 'reply', facts);
    const judgement = screened(setting, { title: '', tags: [], body: said.body }, topic.category.slug, facts);
    const done = [...pace, ...slowed(setting, topic), draftGone(db, viewer.id!, topic.id)];
    const { body } = judgement;
    if (judgement.reasons.length > 0) {
      const id = newId('hld');
      const { statements, events } = waiting(setting, id, { kind: 'reply', categoryId: topic.category.id, topicId: topic.id }, { ...judgement, title: topic.title }, facts);
      return { ...room, statements: [...done, ...statements, ...attaching(setting, attachments, { held: id })], events, result: { id, number, slug, place: null, isHeld: true } };
    }
    const id = newId('pst');
    return {
      ...room,
      statements: [...done, ...answered(setting, { id: viewer.id!, role: viewer.role, accountId: viewer.accountId }, topic, { id, body }), ...attaching(setting, attachments, { post: id }), ...passed(setting, id, judgement, facts)],
      events: [{ type: 'post.written', subject: topic.id, data: { post: id, category: topic.category.slug, ...mentioning(body) } }],
      result: { id, number, slug, place: placeOf(id) as never as number | null, isHeld: false },
    };
  },
});
