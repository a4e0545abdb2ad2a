import { eq, sql } from 'drizzle-orm';
import { draftGone } from '../drafts/schema.ts';
import { remembered } from '../insights/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { mentioning } from '../platform/mentions.ts';
import { counted, keyOf } from '../platform/limits.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { quoting } from '../posts/schema.ts';
import { languageOf } from '../platform/text.ts';
import { moderates } from '../platform/viewer.ts';
import { indexed } from '../search/schema.ts';
import { NewPost } from './input.ts';
import { paced } from './pace.ts';
import { topicToReply } from './records.ts';
import { posts, topics, topicTags } from './schema.ts';

/** What keeps people from replying too often in a topic that is slow; of many at once one passes. */
function slowed({ db, viewer, now }: Setting, topic: { id: string; slowSeconds: number; lastOwnAt: number | null; category: { id: string } }): Writing[] {
  if (topic.slowSeconds === 0 || moderates(viewer, topic.category.id)) return [];
  const [within, last] = [topic.slowSeconds * 1_000, topic.lastOwnAt ?? 0];
  const wait = last + within - now.getTime();
  if (wait > 0) throw new Refusal('too_many', 'This topic is slow: wait a while before you write in it again.', {}, Math.ceil(wait / 1_000));
  return [counted(db, keyOf('slow', `${topic.id} ${viewer.id}`), { most: 1, within }, now)];
}

/** Answers a topic. Any number of people at once: each answer gets the next number, none is refused. */
export const replyToTopic = operation({
  name: 'forum.reply',
  input: NewPost,
  subject: ({ number }) => topicToReply(number),
  may: signedIn,
  decide(setting, { body }, topic) {
    const { db, viewer, now, newId } = setting;
    if (topic.lockedAt && !moderates(viewer, topic.category.id)) throw new Refusal('forbidden', 'This topic is locked. Only moderators write in it.');
    if (!topic.category.mayReply) throw new Refusal('forbidden', 'You may read this category, but not write in it.');
    const slow = slowed(setting, topic);
    const id = newId('pst');
    const authorId = viewer.id!;
    const place = sql<number>`(select number from posts where id = ${id})`;
    const pace = paced(db, viewer, 'reply', body, now);
    return {
      ...pace,
      statements: [
        ...pace.statements,
        ...slow,
        db.insert(posts).values({ id, topicId: topic.id, authorId, createdAt: now, ...drawn(body), number: sql<number>`(select posts_count + 1 from topics where id = ${topic.id})` }),
        db.update(topics).set({ postsCount: sql`posts_count + 1`, lastPostAt: now, lastAuthorId: authorId }).where(eq(topics.id, topic.id)),
        ...(topic.tags.length > 0 ? [db.update(topicTags).set({ lastPostAt: now }).where(eq(topicTags.topicId, topic.id))] : []),
        ...indexed(db, {
          type: 'post', refId: id, locale: languageOf(body), title: topic.title, tags: [], text: body, updatedAt: now,
          url: sql<string>`${`/forum/topics/${topic.number}/${topic.slug}?page=`} || ((${place} + 19) / 20) || '#post-' || ${place}`,
        }),
        ...(viewer.role === 'customer'
          ? [remembered(db, { id: newId('fbk'), source: 'post', sourceId: id, number: topic.number, place: place as unknown as number, title: topic.title, personId: authorId, accountId: viewer.accountId, text: body, locale: languageOf(body), saidAt: now })]
          : []),
        ...quoting(id, topic, body),
        draftGone(db, authorId, topic.id),
      ],
      events: [{ type: 'post.written', subject: topic.id, data: { post: id, ...mentioning(body) } }],
      result: { id, number: topic.number, slug: topic.slug, place },
    };
  },
});
