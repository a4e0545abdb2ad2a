import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { ReopenTime } from './input.ts';

/** Says in how many days a solved ticket can be reopened: the setting `reopen_days`. */
export const setReopenTime = operation({
  name: 'tickets.set-reopening',
  input: ReopenTime,
  may: permitted('settings.manage'),
  decide: ({ db }, { days }) => ({
    statements: [db.insert(settings).values({ key: 'reopen_days', value: days }).onConflictDoUpdate({ target: settings.key, set: { value: days } })],
    events: [{ type: 'settings.changed', subject: 'reopen_days', data: { to: days } }],
    result: { days },
  }),
});
