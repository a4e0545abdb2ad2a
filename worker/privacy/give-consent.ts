import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Consent } from './input.ts';
import { consented } from './schema.ts';
import { wordings } from './wordings.ts';

/** Notes that the viewer agrees to every wording as it is now. */
export const giveConsent = operation({
  name: 'privacy.give-consent',
  input: Consent,
  may: signedIn,
  decide({ db, viewer, now }, { locale }) {
    return { statements: consented(db, viewer.id!, locale, now), events: [{ type: 'person.consented', subject: viewer.id!, data: { ...wordings } }], result: {} };
  },
});
