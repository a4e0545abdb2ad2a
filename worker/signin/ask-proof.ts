import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { stampIn } from '../platform/stamp.ts';
import { asked } from './asking.ts';
import { proofLetter } from './emails.ts';
import { AskingProof } from './input.ts';
import { asker } from './queries.ts';
import { newProof } from './secrets.ts';

/**
 * Sends six digits that let one form pass which was asked for more, to the address of who is signed in, or to the one that a visitor typed: whoever has
 * it, and whether anybody of it is known here makes no difference.
 */
export const askForProof = operation({
  name: 'people.ask-for-proof',
  input: AskingProof,
  subject: () => asker(),
  may: anyone,
  decide(setting, { drawn, form, stamp, email, locale, network, url }, person) {
    const { db, viewer, secret, now } = setting;
    if (!stampIn(secret, form, stamp, now.getTime())) throw new Refusal('invalid', 'This form is too old for a code. Send it again.');
    const address = person?.email ?? (viewer.id === null ? email : undefined);
    if (!address) throw invalid({ email: 'Enter your e-mail address.' });
    const code = newProof(db, setting, { drawn, who: viewer.id ?? address, address });
    return asked(setting, { person: person ?? null, network, letter: proofLetter({ to: address, locale: person?.locale ?? locale, url }, code.secret), secrets: [code], event: 'person.asked_for_proof' });
  },
});
