import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { writer } from './access.ts';
import { HeldToSend } from './input.ts';
import { asWritings, heardOf, isHeld, onItsWay, readUntil, released } from './release.ts';
import { heldReply } from './screen.ts';

/** Sends an answer, or adds a note, that is held, now. One that crosses what somebody wrote meanwhile is sent by who has `seen` that; without it, as the clock would, it becomes a draft again. */
export const sendHeld = operation({
  name: 'tickets.send',
  input: HeldToSend,
  subject: ({ number, id }) => heldReply(number, id),
  may: writer,
  decide({ now }, { id, seen }, { body, visibility, ticketId, number, newest }) {
    if (body === null || visibility === null) throw onItsWay();
    if (visibility === 'public' && seen !== undefined && newest > seen) throw new Refusal('conflict', 'A new message came meanwhile. Read it, then send yours nevertheless, or take it back.');
    return {
      guard: { holds: isHeld(id, true), otherwise: onItsWay() },
      statements: asWritings([...(seen === undefined ? [] : [readUntil(id, seen)]), ...released({ id, body, visibility }, now)]),
      events: [],
      logged: [heardOf({ visibility }, ticketId)],
      result: { id, number },
    };
  },
});
