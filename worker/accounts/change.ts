import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, overtaken } from '../platform/refusal.ts';
import { accountWriters } from './access.ts';
import { AccountChange } from './input.ts';
import { accountToChange } from './queries.ts';
import { accounts } from './schema.ts';

/** Sets what is said of an account. What is already so is no change. */
export const changeAccount = operation({
  name: 'accounts.change',
  input: AccountChange,
  subject: ({ id, csm }) => accountToChange(id, csm ?? ''),
  may: accountWriters,
  decide({ db }, { id, revision, csm, ...facts }, { chosenId, revision: current, ...account }) {
    if (revision !== undefined && revision !== current) throw overtaken();
    const csmId = chosenCsm(csm, chosenId);
    const wanted = { ...facts, ...(csmId === undefined ? {} : { csmId }) };
    const to = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(account[key as keyof typeof account])));
    if (Object.keys(to).length === 0) return { statements: [], events: [], result: { id } };
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, account[key as keyof typeof account]]));
    return {
      statements: [db.update(accounts).set(to).where(eq(accounts.id, id))],
      events: [{ type: 'account.changed', subject: id, revision: current + 1, data: { from, to } }],
      result: { id },
    };
  },
});

/** Who was chosen: undefined when nothing was said, null for nobody. */
export function chosenCsm(said: string | null | undefined, found: string | null | undefined): string | null | undefined {
  if (said === undefined) return undefined;
  if (said === null || said === '') return null;
  if (!found) throw invalid({ csm: 'Choose someone who works here.' });
  return found;
}
