import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { TypedAnswer } from './input.ts';
import { placeOfAnswer } from './queries.ts';
import { kept } from './schema.ts';

/** Keeps what somebody of the staff began to write in a ticket, for themself and for colleagues to read, unless another tab kept something later. It is no event. */
export const saveAnswer = operation({
  name: 'drafts.save-answer',
  input: TypedAnswer,
  subject: ({ number }) => placeOfAnswer(number),
  may: permitted('tickets.note'),
  decide: ({ db, viewer, now }, { draft, body, visibility, status, attachments: files }, { place }) => kept(db, { userId: viewer.id!, place, typed: { body, files, kind: visibility, category: status }, draft, now }),
});
