import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { imposed } from './imposing.ts';
import { Warning } from './input.ts';
import { personToSanction } from './queries.ts';

/** Warns somebody: they are told why, and nothing else changes. */
export const warnPerson = operation({
  name: 'sanctions.warn',
  input: Warning,
  subject: ({ person }) => personToSanction(person),
  may: permitted('people.silence'),
  decide: (setting, said, person) => imposed(setting, person, { ...said, kind: 'warning', until: null }),
});
