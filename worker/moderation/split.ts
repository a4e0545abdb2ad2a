import { eq, sql } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { numberOf, posts, topics } from '../forum/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { indexed } from '../search/schema.ts';
import { ruled } from '../tags/access.ts';
import { Splitting } from './input.ts';
import { moving, unfound, votesFollow } from './moving.ts';
import { topicToSplit } from './queries.ts';

/** Makes a topic of its own of some posts of another, in the same category and with the tags that this asks for; the first of them is its question. The places they leave lead to them. */
export const splitTopic = operation({
  name: 'moderation.split',
  input: Splitting,
  subject: ({ number, posts, tags }) => topicToSplit(number, posts, tags),
  may: moderators,
  decide({ db, now, newId }, { title, posts: wanted }, topic) {
    const { first } = topic;
    if (!first) throw invalid({ posts: 'Choose replies of this topic; its question stays.' });
    const tags = ruled(topic.tagging);
    const [id, slug] = [newId('top'), slugOf(title)];
    const chosen = wanted.filter((one) => one !== topic.id);
    return {
      statements: [
        db.insert(topics).values({
          id, slug, title, tags, kind: 'discussion', authorId: first.authorId, categoryId: topic.categoryId, postsCount: 0, createdAt: first.createdAt, lastPostAt: now,
          number: sql<number>`(select coalesce(max(number), 0) + 1 from topics)`,
        }),
        db.update(posts).set({ acceptedAt: null }).where(eq(posts.id, first.id)),
        ...moving({ id: newId('mov'), from: topic, to: { id, slug, title }, at: now, posts: chosen }),
        votesFollow(first.id, id),
        ...unfound('post', first.id),
        ...indexed(db, { type: 'topic', refId: id, locale: languageOf(`${title} ${first.body}`), title, tags, text: first.body, updatedAt: now, url: sql<string>`'/forum/topics/' || ${numberOf(id)} || '/' || ${slug}` }),
      ],
      events: [
        { type: 'topic.split', subject: topic.id, revision: topic.revision + 1, data: { to: id, posts: chosen.length } },
        { type: 'topic.split_off', subject: id, data: { from: topic.id } },
      ],
      result: { number: numberOf(id), slug },
    };
  },
});
