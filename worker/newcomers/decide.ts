import { eq } from 'drizzle-orm';
import type { Outcome } from '../platform/input.ts';
import { type Change, operation, type Setting } from '../platform/operation.ts';
import type { Query } from '../platform/query.ts';
import { raw } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { hasPowers } from '../sanctions/access.ts';
import { deleted, isWriter } from '../sanctions/deleting.ts';
import { imposed } from '../sanctions/imposing.ts';
import { everywhereModerators } from '../trust/access.ts';
import { NewcomersDecision } from './input.ts';
import { newcomersToDecide } from './queries.ts';
import { newcomers } from './schema.ts';

type Newcomer = ReturnType<typeof newcomersToDecide> extends Query<(infer One)[]> ? One : never;
type Part = Pick<Change<unknown>, 'statements' | 'events'>;

/** Nobody rejects who works here, or who has written much meanwhile. */
const mayReject = (viewer: Viewer, one: Newcomer) => one.id !== viewer.id && !one.anonymisedAt && !hasPowers(one) && !isWriter(one) && (can(viewer, 'people.suspend') || can(viewer, 'people.silence'));

function outcomeOf(viewer: Viewer, one: Newcomer | undefined, version: number, decision: 'approve' | 'reject'): Outcome {
  if (!one) return 'not_yours';
  if (one.version !== version || one.status !== 'open') return 'quicker';
  return (one.claimedBy && one.claimedBy !== viewer.id) || (decision === 'reject' && !mayReject(viewer, one)) ? 'not_yours' : 'decided';
}

/** Takes out who is rejected: as a spammer, where the decider shuts people out, else silenced for good. Lifting that opens the entry again. */
function rejected(setting: Setting, one: Newcomer, words: string): Part {
  if (one.deletion) return { statements: [], events: [] };
  if (can(setting.viewer, 'people.suspend')) return deleted(setting, one);
  if ((one.silencedUntil ?? 0) > setting.now.getTime()) return { statements: [], events: [] };
  const { statements, events, result } = imposed(setting, one, { kind: 'silence', code: 'spam', words, note: '', until: null });
  return { statements: [...statements, raw("update sanctions set took = json_object('posts', json('[]'), 'newcomers', json_array(?2)) where id = ?1", [result.sanction as string, one.id])], events };
}

/**
 * Says of several new people at once whether they are listed from now on, each at the version that was on the screen. Whom somebody was quicker about,
 * whom another took and whom the decider may not reject stay as they are; the result says which.
 */
export const decideNewcomers = operation({
  name: 'newcomers.decide',
  input: NewcomersDecision,
  subject: ({ entries }) => newcomersToDecide(entries.map(({ id }) => id)),
  may: everywhereModerators,
  tries: 5,
  decide(setting, { entries, decision, words }, there) {
    const { db, viewer, now } = setting;
    const status = decision === 'approve' ? ('approved' as const) : ('rejected' as const);
    const each = entries.map(({ id, version }) => {
      const one = there.find((found) => found.id === id);
      return { id, one, outcome: outcomeOf(viewer, one, version, decision) };
    });
    const parts = each.flatMap(({ id, one, outcome }): Part[] => {
      if (outcome !== 'decided') return [];
      const part = decision === 'reject' ? rejected(setting, one!, words) : { statements: [], events: [] };
      const event = { type: `newcomer.${status}` as const, subject: `newcomer ${id}`, revision: one!.version + 1, data: { person: id } };
      return [{ statements: [...part.statements, db.update(newcomers).set({ status, decidedBy: viewer.id, decidedAt: now }).where(eq(newcomers.userId, id))], events: [...part.events, event] }];
    });
    return { statements: parts.flatMap(({ statements }) => statements), events: parts.flatMap(({ events }) => events), result: { decision, entries: each.map(({ id, one, outcome }) => ({ id, outcome, name: one?.name ?? null })) } };
  },
});
