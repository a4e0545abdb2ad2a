import { counted, keyOf, type Limit } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { markOfMail } from '../platform/stamp.ts';
import { DAY } from '../platform/time.ts';
import { TryingProof } from './input.ts';
import { proofToTry } from './queries.ts';
import { LIFE, TRIES } from './secrets.ts';

/** Codes tried for one form while a code lives, and for one person or address by all the world within a day. */
const BY_FORM: Limit = { most: TRIES, within: LIFE.proof };
const BY_WHO: Limit = { most: 30, within: DAY };

/**
 * Whether these are the digits that were sent for a form: `mark` then says so to what the form does, else it is empty. A wrong code is no refusal but a
 * result, because it leaves a trace: after five the next is refused. The right one stays right until the form has passed, which it does once.
 */
export const tryProof = operation({
  name: 'people.try-proof',
  input: TryingProof,
  subject: ({ drawn, email, code }) => proofToTry(drawn, email ?? '', code),
  may: anyone,
  decide({ db, viewer, now, secret }, { drawn, email }, { isRight }) {
    const who = viewer.id ?? email ?? '';
    return { statements: [counted(db, keyOf('proof', `${who} ${drawn}`), BY_FORM, now), counted(db, keyOf('proof of', who), BY_WHO, now)], events: [], result: { mark: isRight ? markOfMail(secret, drawn, who) : '' } };
  },
});
