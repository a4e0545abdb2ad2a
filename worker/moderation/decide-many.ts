import type { Outcome } from '../platform/input.ts';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { decided } from './deciding.ts';
import { ManyDecisions } from './input.ts';
import { reviewsToDecide } from './records.ts';

/**
 * Decides about several flagged posts at once, each as alone and at the version that was on the screen. What somebody was quicker about stays as it is,
 * and so does what another took or what the viewer does not see; the result says which.
 */
export const decideReviews = operation({
  name: 'moderation.decide-many',
  input: ManyDecisions,
  subject: ({ entries }) => reviewsToDecide(entries.map(({ id }) => id)),
  may: permitted('forum.moderate'),
  tries: 5,
  decide(setting, { entries, decision, words }, there) {
    const silences = new Set<string>();
    const each = entries.map(({ id, version }) => {
      const review = there.find(({ postId }) => postId === id);
      const outcome: Outcome = !review ? 'not_yours' : review.revision !== version || review.status !== 'open' ? 'quicker' : review.claimedBy && review.claimedBy !== setting.viewer.id ? 'not_yours' : 'decided';
      return { id, outcome, review };
    });
    const changes = each.flatMap(({ outcome, review }) => {
      if (outcome !== 'decided') return [];
      const { silence } = review!;
      const isLifted = silence !== null && silences.has(silence);
      if (silence) silences.add(silence);
      return [decided(setting, { decision, words }, { ...review!, silence: isLifted ? null : silence })];
    });
    return {
      statements: changes.flatMap(({ statements }) => statements),
      events: changes.flatMap(({ events }) => events),
      result: { decision, entries: each.map(({ id, outcome, review }) => ({ id, outcome, name: review?.title ?? null })) },
    };
  },
});
