import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { TypedAnswer } from './input.ts';
import { placeOfAnswer } from './queries.ts';
import { emptied, kept } from './schema.ts';

/** Keeps what somebody of the staff began to write in a ticket, for themself and for colleagues to read, unless another tab kept something later; nothing typed is no draft. It is no event. */
export const saveAnswer = operation({
  name: 'drafts.save-answer',
  input: TypedAnswer,
  subject: ({ number }) => placeOfAnswer(number),
  may: permitted('tickets.note'),
  decide: ({ db, viewer, now }, { draft, body, visibility, status, attachments: files }, { place }) =>
    body.trim() === '' && files.length === 0
      ? { statements: [emptied(db, { userId: viewer.id!, place, draft })], events: [], result: { revision: 0 } }
      : kept(db, { userId: viewer.id!, place, typed: { body, files, kind: visibility, category: status }, draft, now }),
});
