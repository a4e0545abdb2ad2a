import { attaching } from '../attachments/schema.ts';
import { draftGone, NEW_TOPIC } from '../drafts/schema.ts';
import { remembered } from '../insights/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { moderates } from '../platform/viewer.ts';
import { NewTopic } from './input.ts';
import { paced } from './pace.ts';
import { maybeCategory } from './queries.ts';
import { numberOf, opened } from './schema.ts';

/** Opens a topic: its text is its first post. Announcements are for those who moderate the category. */
export const openTopic = operation({
  name: 'forum.open',
  input: NewTopic,
  subject: ({ category }) => maybeCategory(category),
  may: signedIn,
  decide({ db, viewer, now, newId }, { title, body, tags, kind, attachments }, category) {
    if (!category) throw new Refusal('invalid', 'Check the fields marked below.', { category: 'Choose a category.' });
    if (!category.mayCreate) throw new Refusal('invalid', 'Check the fields marked below.', { category: 'You may not open topics in this category.' });
    if (kind === 'announcement' && !moderates(viewer, category.id)) throw new Refusal('invalid', 'Check the fields marked below.', { kind: 'Only moderators of a category announce there.' });
    const [id, postId, slug] = [newId('top'), newId('pst'), slugOf(title)];
    const authorId = viewer.id!;
    const locale = languageOf(`${title} ${body}`);
    const number = numberOf(id);
    const saying = { id: newId('fbk'), source: 'topic' as const, sourceId: id, number: number as unknown as number, place: 1, title, personId: authorId, accountId: viewer.accountId, text: body, locale, saidAt: now };
    const pace = paced(db, viewer, 'topic', body, now);
    return {
      ...pace,
      statements: [
        ...pace.statements,
        ...opened(db, { id, slug, title, kind, tags, authorId, categoryId: category.id, now }, { id: postId, body }),
        ...attaching({ viewer, now }, attachments, { post: postId }),
        ...(viewer.role === 'customer' ? [remembered(db, saying)] : []),
        draftGone(db, authorId, NEW_TOPIC),
      ],
      events: [{ type: 'topic.opened', subject: id, data: { title, category: category.slug, ...mentioning(body) } }],
      result: { id, number, slug },
    };
  },
});
