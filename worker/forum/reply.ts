import { eq, sql } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { draftGone } from '../drafts/schema.ts';
import { remembered } from '../insights/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { mentioning } from '../platform/mentions.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { quoting } from '../posts/schema.ts';
import { languageOf } from '../platform/text.ts';
import { moderates } from '../platform/viewer.ts';
import { indexed } from '../search/schema.ts';
import { NewPost } from './input.ts';
import { paced } from './pace.ts';
import { topicByNumber } from './queries.ts';
import { posts, topics, topicTags } from './schema.ts';

/** Answers a topic. Any number of people at once: each answer gets the next number, none is refused. */
export const replyToTopic = operation({
  name: 'forum.reply',
  input: NewPost,
  subject: ({ number }) => topicByNumber(number),
  may: signedIn,
  decide({ db, viewer, now, newId }, { body, attachments }, topic) {
    if (topic.lockedAt && !moderates(viewer, topic.category.id)) throw new Refusal('forbidden', 'This topic is locked. Only moderators write in it.');
    if (!topic.category.mayReply) throw new Refusal('forbidden', 'You may read this category, but not write in it.');
    const id = newId('pst');
    const authorId = viewer.id!;
    const place = sql<number>`(select number from posts where id = ${id})`;
    const pace = paced(db, viewer, 'reply', body, now);
    return {
      ...pace,
      statements: [
        ...pace.statements,
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
        ...attaching({ viewer, now }, attachments, { post: id }),
        ...quoting(id, topic, body),
        draftGone(db, authorId, topic.id),
      ],
      events: [{ type: 'post.written', subject: topic.id, data: { post: id, ...mentioning(body) } }],
      result: { id, number: topic.number, slug: topic.slug, place },
    };
  },
});
