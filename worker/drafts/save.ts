import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Typed } from './input.ts';
import { placeOf } from './queries.ts';
import { kept } from './schema.ts';

/** Keeps what somebody began to write, unless another tab kept something later. It is no event: nobody else hears of it. */
export const saveDraft = operation({
  name: 'drafts.save',
  input: Typed,
  subject: ({ number }) => placeOf(number),
  may: signedIn,
  decide: ({ db, viewer, now }, { draft, number: _, attachments: files, ...typed }, { place }) => kept(db, { userId: viewer.id!, place, typed: { ...typed, files }, draft, now }),
});
