import { operation } from '../platform/operation.ts';
import { writer } from './access.ts';
import { OneHeld } from './input.ts';
import { asWritings, isHeld, onItsWay, released } from './release.ts';
import { heldReply } from './screen.ts';

/** Sends an answer that is held, now. */
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
      events: [{ type: 'ticket.replied', subject: held.ticketId, data: { message: id, status: held.status } }],
      result: { id, number: held.number },
    };
  },
});
