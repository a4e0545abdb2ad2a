import { inArray, sql } from 'drizzle-orm';
import { advised } from '../advice/schema.ts';
import { handedOn } from '../attachments/schema.ts';
import { answered, asked } from '../forum/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { type DomainEvent, operation, type Setting, type Writing } from '../platform/operation.ts';
import type { Query } from '../platform/query.ts';
import { invalid, overtaken, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { moderates } from '../platform/viewer.ts';
import { rewritten } from '../posts/words.ts';
import { vouched } from './access.ts';
import { HeldDecision } from './input.ts';
import { heldToDecide } from './queries.ts';
import { heldPosts } from './schema.ts';

type Held = ReturnType<typeof heldToDecide> extends Query<(infer One)[]> ? One : never;

interface Published {
  /** Id of the post, or of the note. */
  post: string;
  statements: Writing[];
  events: DomainEvent[];
}

const gone = new Refusal('conflict', 'What this belongs to was removed meanwhile. Send it back.');

/** What waited, as it comes before everybody now: in the name of who wrote it, with the date of now. */
function published(setting: Setting, held: Held): Published {
  const { author, title, body, tags, topic, post } = held;
  const { newId } = setting;
  if (held.kind === 'topic') {
    const [id, first] = [newId('top'), newId('pst')];
    const opening = { id, slug: slugOf(title), title, kind: held.topicKind ?? 'discussion', tags, categoryId: held.categoryId };
    return { post: first, statements: asked(setting, author, opening, { id: first, body }), events: [{ type: 'topic.opened', subject: id, actor: author.id, data: { title, category: held.category, ...mentioning(body) } }] };
  }
  if (!topic) throw gone;
  if (held.kind === 'reply') {
    const id = newId('pst');
    return { post: id, statements: answered(setting, author, topic, { id, body }), events: [{ type: 'post.written', subject: topic.id, actor: author.id, data: { post: id, ...mentioning(body) } }] };
  }
  if (!post || post.removed) throw gone;
  if (held.kind === 'note' || held.kind === 'signed_note') {
    const id = newId('nte');
    return { post: id, ...advised(setting.db, { id, postId: post.id, authorId: author.id, words: body, isSigned: held.kind === 'signed_note', createdAt: setting.now }) };
  }
  const isFirst = post.number === 1;
  const now = { ...post, topicId: topic.id, topicNumber: topic.number, slug: topic.slug, title: topic.title, tags: topic.tags, lastPostAt: topic.lastPostAt };
  const words = { body, title: isFirst ? title : topic.title, tags: isFirst ? tags : topic.tags };
  return {
    post: post.id,
    statements: rewritten(setting, now, words, author.id),
    events: [
      { type: 'post.edited', subject: post.id, revision: post.revision + 1, actor: author.id, data: { topic: topic.id, kept: true } },
      ...(words.title === topic.title ? [] : [{ type: 'topic.changed' as const, subject: topic.id, revision: topic.revision + 1, actor: author.id, data: { from: { title: topic.title }, to: { title } } }]),
    ],
  };
}

/** Lets what waits come before everybody, or sends it back with a reason; any number at once, all or nothing. */
export const decideHeld = operation({
  name: 'screening.decide',
  input: HeldDecision,
  subject: ({ held }) => heldToDecide(held),
  may: permitted('forum.moderate'),
  decide(setting, { held: ids, decision, words }, all) {
    const { db, viewer, now } = setting;
    const decided = overtaken();
    if (all.some(({ categoryId }) => !moderates(viewer, categoryId))) throw new Refusal('forbidden', 'You do not moderate this category.');
    if (all.some(({ status }) => status !== 'waiting')) throw decided;
    if (decision === 'reject' && words === '') throw invalid({ words: 'Say why.' });
    const came = decision === 'approve' ? all.map((held) => published(setting, held)) : [];
    return {
      guard: { holds: sql`not exists (select 1 from held_posts where id in ${ids} and status <> 'waiting')`, otherwise: decided },
      statements: [
        db.update(heldPosts).set({ status: decision === 'approve' ? 'approved' : 'rejected', words, decidedBy: viewer.id, decidedAt: now, ...(decision === 'approve' ? { body: '' } : {}) }).where(inArray(heldPosts.id, ids)),
        ...came.flatMap(({ statements, post }, i) => [...statements, handedOn(all[i]!.id, post)]),
        ...(decision === 'approve' ? all.flatMap(({ title, body }) => vouched(setting, `${title} ${body}`)) : []),
      ],
      events: [
        ...came.flatMap(({ events }) => events),
        ...all.map(({ id, kind }, i) => (decision === 'approve' ? { type: 'post.approved' as const, subject: id, data: { kind, post: came[i]!.post } } : { type: 'post.rejected' as const, subject: id, data: { kind } })),
      ],
      result: { count: all.length, decision },
    };
  },
});
