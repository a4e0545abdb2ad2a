import { sql } from 'drizzle-orm';
import { moderators } from '../forum/access.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { languageOf } from '../platform/text.ts';
import { moderates } from '../platform/viewer.ts';
import { indexed } from '../search/schema.ts';
import { Merging } from './input.ts';
import { emptied, moving, unfound, votesFollow } from './moving.ts';
import { topicToMerge } from './queries.ts';

/** Merges a topic into another: its posts follow the other’s, and all its addresses lead there. */
export const mergeTopic = operation({
  name: 'moderation.merge',
  input: Merging,
  subject: ({ number, into }) => topicToMerge(number, into),
  may: moderators,
  decide({ db, viewer, now, newId }, _, topic) {
    const { target, first } = topic;
    if (!target || !moderates(viewer, target.categoryId)) throw invalid({ into: 'There is no other topic of this number that you moderate.' });
    const at = sql<number>`(select number from posts where id = ${first.id})`;
    const post = { type: 'post' as const, refId: first.id, locale: languageOf(first.body), title: target.title, tags: [], text: first.body, updatedAt: now };
    return {
      statements: [
        ...moving({ id: newId('mov'), from: topic, to: target, at: now }),
        ...unfound('topic', topic.id),
        ...indexed(db, { ...post, url: sql<string>`${`/forum/topics/${target.number}/${target.slug}?page=`} || ((${at} + 19) / 20) || '#post-' || ${at}` }),
        votesFollow(topic.id, first.id),
        ...emptied(topic.id, target),
      ],
      events: [
        { type: 'topic.merged', subject: topic.id, revision: topic.revision + 1, data: { into: target.id } },
        { type: 'topic.grew', subject: target.id, data: { from: topic.id } },
      ],
      result: { number: target.number, slug: target.slug, place: at },
    };
  },
});
