import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { markedBy } from '../platform/kept.ts';
import { drawing } from '../platform/markdown.ts';
import { many, maybe, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { STAFF } from '../platform/viewer.ts';
import { markOf, visiblePosts, visibleTopics } from './access.ts';

export type { TopicPart } from './access.ts';

/** What a worker may keep of a topic is kept for as long as this is the same. */
export const markOfTopic = markedBy(markOf);

/** What the viewer wrote of a page of a topic themself and is hidden from others, by id. */
export const ownHidden = many(
  onlyIf(
    written(
      (number: number, first: number, last: number) => ({ number, first, last }),
      (db, viewer, { number, first, last }) => {
        const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
        return db
          .select({ id: post.id, attachments: post.attachments, ...drawing(post) })
          .from(post)
          .where(sql`${post.topicId} = (${db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))}) and ${post.number} between ${first} and ${last} and ${post.hiddenAt} is not null and ${post.authorId} = ${viewer.id ?? ''}`);
      },
    ),
    ({ id }) => id !== null,
  ),
);

/** The place of the next reply by the team in a topic. */
export const nextOfTeam = maybe(
  written(
    (number: number, after: number) => ({ number, after: Math.max(1, after) }),
    (db, viewer, { number, after }) => {
      const [topic, post, author] = [visibleTopics(db, viewer), visiblePosts(db, viewer), authors(db)];
      return db
        .select({ place: post.number })
        .from(post)
        .innerJoin(author, eq(author.id, post.authorId))
        .where(and(eq(post.topicId, db.select({ id: topic.id }).from(topic).where(eq(topic.number, number))), gt(post.number, after), isNull(post.removed), inArray(author.role, STAFF)))
        .orderBy(asc(post.number))
        .limit(1);
    },
  ),
);
