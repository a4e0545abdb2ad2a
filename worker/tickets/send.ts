import { operation } from '../platform/operation.ts';
import { writer } from './access.ts';
import { OneHeld } from './input.ts';
import { asWritings, isHeld, onItsWay, released, saidAs } from './release.ts';
import { heldReply } from './screen.ts';

/** Sends an answer, or adds a note, that is held, now. */
export const sendHeld = operation({
  name: 'tickets.send',
  input: OneHeld,
  subject: ({ number, id }) => heldReply(number, id),
  may: writer,
  decide({ now }, { id }, held) {
    if (held.body === null) throw onItsWay();
    return {
      guard: { holds: isHeld(id, true), otherwise: onItsWay() },
      statements: asWritings(released(id, held.body, now)),
      events: [{ subject: held.ticketId, ...saidAs({ id, body: held.body, visibility: held.visibility ?? 'public', status: held.status }) }],
      result: { id, number: held.number },
    };
  },
});
