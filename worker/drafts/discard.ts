import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Discard } from './input.ts';
import { placeOf } from './queries.ts';
import { draftGone } from './schema.ts';

/** Throws away what somebody began to write. */
export const discardDraft = operation({
  name: 'drafts.discard',
  input: Discard,
  subject: ({ number }) => placeOf(number),
  may: signedIn,
  decide: ({ db, viewer }, _input, { place }) => ({ statements: [draftGone(db, viewer.id!, place)], events: [], result: { isGone: true } }),
});
