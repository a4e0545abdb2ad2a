import { operation } from '../platform/operation.ts';
import { accountWriters } from './access.ts';
import { chosenCsm } from './change.ts';
import { NewAccount } from './input.ts';
import { csmBy } from './queries.ts';
import { accounts } from './schema.ts';

/** Makes an account of a customer company. */
export const openAccount = operation({
  name: 'accounts.open',
  input: NewAccount,
  subject: ({ csm }) => csmBy(csm ?? ''),
  may: accountWriters,
  decide({ db, now, newId }, { csm, ...facts }, colleague) {
    const id = newId('acc');
    return {
      statements: [db.insert(accounts).values({ id, ...facts, csmId: chosenCsm(csm, colleague?.id) ?? null, createdAt: now })],
      events: [{ type: 'account.opened', subject: id, data: { name: facts.name } }],
      result: { id },
    };
  },
});
