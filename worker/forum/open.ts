import { attaching } from '../attachments/schema.ts';
import { draftGone, NEW_TOPIC } from '../drafts/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { moderates } from '../platform/viewer.ts';
import { passed, screened, waiting } from '../screening/access.ts';
import { ruled } from '../tags/access.ts';
import { NewTopic } from './input.ts';
import { paced, roomOnFirstDay } from './pace.ts';
import { categoryToOpenIn } from './records.ts';
import { asked, numberOf } from './schema.ts';

/** Opens a topic: its text is its first post. Announcements are for those who moderate the category. What the rules hold waits for a moderator instead, and has no number yet. */
export const openTopic = operation({
  name: 'forum.open',
  input: NewTopic,
  subject: ({ category, title, body, tags }) => categoryToOpenIn(category, `${title} ${body}`, tags),
  may: signedIn,
  decide(setting, { kind, attachments, ...said }, { category, facts, tagging }) {
    const { db, viewer, newId } = setting;
    if (!category) throw invalid({ category: 'Choose a category.' });
    if (!category.mayCreate) throw invalid({ category: 'You may not open topics in this category.' });
    if (kind === 'announcement' && !moderates(viewer, category.id)) throw invalid({ kind: 'Only moderators of a category announce there.' });
    const pace = paced(setting, 'topic', said.body, facts);
    const room = roomOnFirstDay(setting, 'topic', facts);
    const judgement = screened(setting, { ...said, tags: ruled(tagging) }, category.slug, facts);
    const done = [...pace, draftGone(db, viewer.id!, NEW_TOPIC)];
    const { title, tags, body } = judgement;
    const slug = slugOf(title);
    if (judgement.reasons.length > 0) {
      const id = newId('hld');
      const { statements, events } = waiting(setting, id, { kind: 'topic', categoryId: category.id, topicKind: kind }, judgement, facts);
      return { ...room, statements: [...done, ...statements, ...attaching(setting, attachments, { held: id })], events, result: { id, number: null, slug, isHeld: true } };
    }
    const [id, postId] = [newId('top'), newId('pst')];
    return {
      ...room,
      statements: [...done, ...asked(setting, { id: viewer.id!, role: viewer.role, accountId: viewer.accountId }, { id, slug, title, kind, tags, categoryId: category.id }, { id: postId, body }), ...attaching(setting, attachments, { post: postId }), ...passed(setting, postId, judgement, facts)],
      events: [{ type: 'topic.opened', subject: id, data: { title, category: category.slug, ...mentioning(body) } }],
      result: { id, number: numberOf(id) as never as number | null, slug, isHeld: false },
    };
  },
});
