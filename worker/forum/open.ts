import { sql } from 'drizzle-orm';
import { draftGone, NEW_TOPIC } from '../drafts/schema.ts';
import { remembered } from '../insights/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { mentioning } from '../platform/mentions.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { moderates } from '../platform/viewer.ts';
import { indexed } from '../search/schema.ts';
import { NewTopic } from './input.ts';
import { maybeCategory } from './queries.ts';
import { posts, topics, topicTags } from './schema.ts';

/** Opens a topic: its text is its first post. Announcements are for those who moderate the category. */
export const openTopic = operation({
  name: 'forum.open',
  input: NewTopic,
  subject: ({ category }) => maybeCategory(category),
  may: signedIn,
  decide({ db, viewer, now, newId }, { title, body, tags, kind }, category) {
    if (!category) throw new Refusal('invalid', 'Check the fields marked below.', { category: 'Choose a category.' });
    if (kind === 'announcement' && !moderates(viewer, category.id)) throw new Refusal('invalid', 'Check the fields marked below.', { kind: 'Only moderators of a category announce there.' });
    const [id, postId, slug] = [newId('top'), newId('pst'), slugOf(title)];
    const authorId = viewer.id!;
    const locale = languageOf(`${title} ${body}`);
    const number = sql<number>`(select number from topics where id = ${id})`;
    const saying = { id: newId('fbk'), source: 'topic' as const, sourceId: id, number: number as unknown as number, place: 1, title, personId: authorId, accountId: viewer.accountId, text: body, locale, saidAt: now };
    return {
      statements: [
        db.insert(topics).values({
          id, slug, title, kind, tags, authorId, categoryId: category.id, postsCount: 1, createdAt: now, lastPostAt: now, lastAuthorId: authorId,
          number: sql<number>`(select coalesce(max(number), 0) + 1 from topics)`,
        }),
        db.insert(posts).values({ id: postId, topicId: id, number: 1, authorId, createdAt: now, ...drawn(body) }),
        ...tags.map((tag) => db.insert(topicTags).values({ tag, topicId: id, lastPostAt: now })),
        ...indexed(db, { type: 'topic', refId: id, locale, title, url: sql<string>`'/forum/topics/' || ${number} || '/' || ${slug}`, tags, text: body, updatedAt: now }),
        ...(viewer.role === 'customer' ? [remembered(db, saying)] : []),
        draftGone(db, authorId, NEW_TOPIC),
      ],
      events: [{ type: 'topic.opened', subject: id, data: { title, category: category.slug, ...mentioning(body) } }],
      result: { id, number, slug },
    };
  },
});
