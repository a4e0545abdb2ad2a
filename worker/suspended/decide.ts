import { inArray, sql } from 'drizzle-orm';
import { handedToMessage } from '../attachments/schema.ts';
import { guestOf, takenBack } from '../deflections/schema.ts';
import type { Outcome } from '../platform/input.ts';
import { type Change, operation, type Setting } from '../platform/operation.ts';
import type { Query } from '../platform/query.ts';
import { overtaken, Refusal } from '../platform/refusal.ts';
import { opened, staged } from '../tickets/opening.ts';
import { recoverers } from './access.ts';
import { SuspendedDecision } from './input.ts';
import { suspendedToDecide } from './queries.ts';
import { idOfTrusted, MOST_TRUSTED, suspendedTickets, trustedSenders } from './schema.ts';

type Suspended = ReturnType<typeof suspendedToDecide> extends Query<(infer One)[]> ? One : never;
type Part = Pick<Change<unknown>, 'statements' | 'events'>;

/** A ticket that waited, as it is opened now: with its number, the moment it was sent at, and all that follows from opening. */
function recovered(setting: Setting, one: Suspended): Part {
  const { id, number, email, userId, locale, subject, body, priority, formId, questions, person, createdAt: at } = one;
  const who = person ? { ...person, statements: [] } : staged(setting, email, locale);
  const message = setting.newId('msg');
  const answers = Object.fromEntries(Object.entries(one.answers).filter(([question]) => questions.includes(question)));
  return {
    statements: [
      ...opened(setting, who, { id, number, subject, body, priority, formId, answers, message, at }),
      ...takenBack([userId ?? guestOf(email), person?.id].filter((known) => known !== undefined), at),
      handedToMessage(id, message),
    ],
    events: [
      { type: 'ticket.recovered', subject: id, revision: one.version + 1, data: {} },
      { type: 'ticket.opened', subject: id, actor: userId, data: { subject, priority, message, ...(userId ? {} : { guest: true }) } },
    ],
  };
}

/** Trusts the addresses that these came from. */
function trusting({ db, viewer, now }: Setting, those: Suspended[]): Part {
  const fresh = [...new Set(those.filter(({ isTrusted }) => !isTrusted).map(({ email }) => email))];
  if (fresh.length > 0 && fresh.length + (those[0]?.trustedCount ?? 0) > MOST_TRUSTED) throw new Refusal('forbidden', 'The list of trusted senders is full. Recover these without trusting their senders.');
  return {
    statements: fresh.map((pattern) => db.insert(trustedSenders).values({ id: idOfTrusted(pattern), pattern, addedBy: viewer.id, createdAt: now }).onConflictDoNothing()),
    events: fresh.map((pattern) => ({ type: 'sender.trusted', subject: idOfTrusted(pattern), data: { pattern } })),
  };
}

/**
 * Says of several tickets that wait whether they are opened or removed, each at the version that was on the screen. What somebody was quicker about stays
 * as it is; the result says which.
 */
export const decideSuspended = operation({
  name: 'suspended.decide',
  input: SuspendedDecision,
  subject: ({ entries }) => suspendedToDecide(entries.map(({ id }) => id)),
  may: recoverers,
  tries: 5,
  decide(setting, { entries, decision }, there) {
    const each = entries.map(({ id, version }) => {
      const one = there.find((found) => found.id === id);
      const outcome: Outcome = one?.version === version ? 'decided' : 'quicker';
      return { id, one, outcome };
    });
    const those = each.flatMap(({ one, outcome }) => (outcome === 'decided' ? [one!] : []));
    const parts: Part[] = [
      ...those.map((one) => (decision === 'remove' ? { statements: [], events: [{ type: 'ticket.discarded' as const, subject: one.id, revision: one.version + 1, data: { number: one.number } }] } : recovered(setting, one))),
      ...(decision === 'trust' ? [trusting(setting, those)] : []),
    ];
    const ids = those.map(({ id }) => id);
    return {
      guard: { holds: sql`(select count(*) from suspended_tickets where id in (select value from json_each(${JSON.stringify(ids)}))) = ${ids.length}`, otherwise: overtaken() },
      statements: [...parts.flatMap(({ statements }) => statements), setting.db.delete(suspendedTickets).where(inArray(suspendedTickets.id, ids))],
      events: parts.flatMap(({ events }) => events),
      result: { decision, entries: each.map(({ id, one, outcome }) => ({ id, outcome, name: one?.subject ?? null, number: outcome === 'decided' && decision !== 'remove' ? one!.number : null })) },
    };
  },
});
