import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { whisperers } from './access.ts';
import { Whispering } from './input.ts';
import { topicToModerate } from './queries.ts';
import { whispers } from './schema.ts';

/** Says something in a topic that only those who work here read, after the post at a place. */
export const whisper = operation({
  name: 'moderation.whisper',
  input: Whispering,
  subject: ({ number }) => topicToModerate(number),
  may: whisperers,
  decide({ db, viewer, now, newId }, { place, body }, topic) {
    const id = newId('whi');
    const after = Math.min(place, topic.postsCount);
    return {
      statements: [db.insert(whispers).values({ id, topicId: topic.id, place: after, authorId: viewer.id!, createdAt: now, ...drawn(body) })],
      events: [{ type: 'topic.whispered', subject: topic.id, data: { whisper: id } }],
      result: { id, number: topic.number, slug: topic.slug, place: after },
    };
  },
});
