import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, signedIn } from '../platform/rules.ts';
import { Nothing } from './input.ts';
import { myStanding } from './queries.ts';
import { newRecoveryCodes } from './recovery.ts';

/** Ten new recovery codes, told this once; the old ones are worth nothing any more. */
export const renewRecoveryCodes = operation({
  name: 'proofs.renew-recovery-codes',
  input: Nothing,
  subject: () => myStanding(),
  may: freshly(signedIn),
  decide(setting, _input, mine) {
    const { id, secondFactorAt } = mine!;
    if (!secondFactorAt) throw new Refusal('conflict', 'Set up an authenticator or a passkey first.');
    const { codes, statements } = newRecoveryCodes(setting, id);
    return { statements, events: [{ type: 'person.recovery_codes_renewed', subject: id, data: {} }], result: { codes } };
  },
});
