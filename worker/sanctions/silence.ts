import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { endOf, imposed } from './imposing.ts';
import { Sanctioning } from './input.ts';
import { personToSanction } from './queries.ts';

/** Lets somebody read and not write, in public, for some days or for good. Their own tickets go on. */
export const silencePerson = operation({
  name: 'sanctions.silence',
  input: Sanctioning,
  subject: ({ person }) => personToSanction(person),
  may: permitted('people.silence'),
  decide(setting, { days, ...said }, person) {
    if ((person.silencedUntil ?? 0) > setting.now.getTime()) throw new Refusal('conflict', 'This person is silenced already. Lift that first.');
    return imposed(setting, person, { ...said, kind: 'silence', until: endOf(days, setting.now) });
  },
});
