import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { DiscardAnswer } from './input.ts';
import { placeOfAnswer } from './queries.ts';
import { draftGone } from './schema.ts';

/** Throws away what somebody of the staff began to write in a ticket. */
export const discardAnswer = operation({
  name: 'drafts.discard-answer',
  input: DiscardAnswer,
  subject: ({ number }) => placeOfAnswer(number),
  may: permitted('tickets.note'),
  decide: ({ db, viewer }, _input, { place }) => ({ statements: [draftGone(db, viewer.id!, place)], events: [], result: { isGone: true } }),
});
