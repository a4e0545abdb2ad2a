import { eq } from 'drizzle-orm';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid, overtaken } from '../platform/refusal.ts';
import { slugOf } from '../platform/slug.ts';
import { moderates } from '../platform/viewer.ts';
import { passed, screened, waiting } from '../screening/access.ts';
import { checkAsked, ruled } from '../tags/access.ts';
import { authorOrModerator } from './access.ts';
import { TopicChange } from './input.ts';
import { topicToChange } from './records.ts';
import { repliesTitled, topicFound, topics } from './schema.ts';

type Topic = Pick<typeof topics.$inferSelect, 'id' | 'number' | 'title' | 'kind' | 'tags' | 'categoryId' | 'authorId' | 'lastPostAt'> & { body: string };
type Facts = Pick<Topic, 'title' | 'kind' | 'tags' | 'categoryId'>;

/** Sets title, category, tags and kind, as far as they are said. Another category may ask for a tag that it lacks. What is already so is no change; search follows in the same commit. Of what the rules hold nothing is changed yet. */
export const changeTopic = operation({
  name: 'forum.change',
  input: TopicChange,
  subject: ({ number, category, title, tags }) => topicToChange(number, category ?? '', title ?? '', tags),
  may: authorOrModerator,
  decide(setting, { number, revision, category, ...wished }, topic) {
    const { db, viewer, newId } = setting;
    if (revision !== undefined && revision !== topic.revision) throw overtaken();
    if (category !== undefined && topic.chosenId === null) throw invalid({ category: 'Choose a category.' });
    if (category !== undefined && topic.chosenId !== topic.categoryId && !topic.mayCreate) throw invalid({ category: 'You may not open topics in this category.' });
    const judgement = screened(setting, { title: wished.title ?? '', tags: wished.tags ?? topic.tags, body: '' }, topic.category, wished.title === undefined ? null : topic.facts);
    const tags = wished.tags && (String(wished.tags) === String(topic.tags) ? topic.tags : ruled(topic.tagging));
    if (category !== undefined && topic.chosenId !== topic.categoryId) checkAsked(topic.tagging, tags ?? topic.tags);
    const said = { ...wished, tags, ...(wished.title === undefined ? {} : { title: judgement.title }) };
    const to = difference(topic, { ...said, ...(category === undefined ? {} : { categoryId: topic.chosenId! }) });
    const isStranger = to.categoryId !== undefined && topic.authorId !== viewer.id && !moderates(viewer, to.categoryId);
    if (isStranger) throw invalid({ category: 'You do not moderate this category.' });
    if ((to.kind ?? topic.kind) === 'announcement' && (to.kind || to.categoryId) && !moderates(viewer, to.categoryId ?? topic.categoryId)) throw invalid({ kind: 'Only moderators of a category announce there.' });
    if (Object.keys(to).length === 0) return { statements: [], events: [], result: { number, isHeld: false } };
    if (judgement.reasons.length > 0) {
      const place = { kind: 'edit' as const, categoryId: topic.categoryId, topicId: topic.id, postId: topic.postId };
      return { ...waiting(setting, newId('hld'), place, { ...judgement, body: topic.body }, topic.facts), result: { number, isHeld: true } };
    }
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, topic[key as keyof Facts]]));
    return {
      statements: [db.update(topics).set({ ...to, ...(to.title ? { slug: slugOf(to.title) } : {}) }).where(eq(topics.id, topic.id)), ...consequences(setting, topic, to), ...passed(setting, topic.postId, judgement, topic.facts)],
      events: [{ type: 'topic.changed', subject: topic.id, revision: topic.revision + 1, data: { from, to } }],
      result: { number, isHeld: false },
    };
  },
});

function difference(topic: Facts, said: { [Key in keyof Facts]?: Facts[Key] | undefined }): Partial<Facts> {
  return Object.fromEntries(Object.entries(said).filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(topic[key as keyof Facts])));
}

function consequences({ db, now }: Setting, topic: Topic, to: Partial<Facts>): Writing[] {
  return [
    ...(to.title || to.tags ? topicFound(db, now, { ...topic, ...to }) : []),
    ...(to.title ? repliesTitled(db, topic.id, to.title) : []),
  ];
}
