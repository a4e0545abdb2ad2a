import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { operation } from '../platform/operation.ts';
import { writer } from './access.ts';
import { OneHeld } from './input.ts';
import { asWritings, isHeld, onItsWay, takenBack } from './release.ts';
import { type Changes, difference, type Kept, madeSo } from './schema.ts';
import { heldReply } from './screen.ts';

/** Takes an answer or a note back that is held, with what was changed of the ticket together with it: it is its writer's draft again, and nobody outside learns that it was. */
export const undoReply = operation({
  name: 'tickets.undo',
  input: OneHeld,
  subject: ({ number, id }) => heldReply(number, id),
  may: writer,
  decide(setting, { id }, held) {
    const { statements, events } = undone(setting, held);
    return { guard: { holds: isHeld(id), otherwise: onItsWay() }, statements: [...statements, ...asWritings(takenBack(id, setting.now))], events, result: { id, number: held.number } };
  },
});

interface Held {
  ticketId: string;
  changes: Changes | null;
  revision: number;
  now: Kept;
}

/** The fields as they were before, but for those that somebody changed since. */
function undone({ db, now }: Setting, { ticketId, changes, revision, now: is }: Held): { statements: Writing[]; events: DomainEvent[] } {
  if (!changes || is.status === 'closed') return { statements: [], events: [] };
  const stands = Object.keys(changes.to).filter((key) => Object.keys(difference(is, { [key]: changes.to[key as keyof Kept] })).length === 0);
  const to = difference(is, Object.fromEntries(stands.map((key) => [key, changes.from[key as keyof Kept]])));
  if (Object.keys(to).length === 0) return { statements: [], events: [] };
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, is[key as keyof Kept]]));
  return { statements: [madeSo(db, ticketId, to, now)], events: [{ type: 'ticket.changed', subject: ticketId, revision: revision + 1, data: { from, to, isBack: true } }] };
}
