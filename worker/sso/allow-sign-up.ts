import { operation } from '../platform/operation.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { SignUpChange } from './input.ts';
import { signUp } from './queries.ts';

/** Says whether people may sign themselves up: the setting `sign_up_open`. */
export const allowSignUp = operation({
  name: 'sso.allow-sign-up',
  input: SignUpChange,
  subject: () => signUp(),
  may: freshly(permitted('settings.manage')),
  decide({ db }, { isOpen }, { isOpen: from, revision }) {
    return {
      statements: [db.insert(settings).values({ key: 'sign_up_open', value: isOpen }).onConflictDoUpdate({ target: settings.key, set: { value: isOpen } })],
      events: [{ type: 'sign_up.changed', subject: 'sign-up', revision: revision + 1, data: { from, to: isOpen } }],
      result: { isOpen },
    };
  },
});
