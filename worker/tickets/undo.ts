import { operation } from '../platform/operation.ts';
import { writer } from './access.ts';
import { OneHeld } from './input.ts';
import { asWritings, isHeld, onItsWay, takenBack } from './release.ts';
import { heldReply } from './screen.ts';

/** Takes an answer back that is held: it is its writer's draft again, and nobody outside learns that it was. */
export const undoReply = operation({
  name: 'tickets.undo',
  input: OneHeld,
  subject: ({ number, id }) => heldReply(number, id),
  may: writer,
  decide: ({ now }, { id }, held) => ({ guard: { holds: isHeld(id), otherwise: onItsWay() }, statements: asWritings(takenBack(id, now)), events: [], result: { id, number: held.number } }),
});
