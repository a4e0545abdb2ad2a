import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { UndoTime } from './input.ts';

/** Says how many seconds an answer can be taken back: the setting `undo_seconds`. */
export const setUndoTime = operation({
  name: 'tickets.set-undo',
  input: UndoTime,
  may: permitted('settings.manage'),
  decide: ({ db }, { seconds }) => ({
    statements: [db.insert(settings).values({ key: 'undo_seconds', value: seconds }).onConflictDoUpdate({ target: settings.key, set: { value: seconds } })],
    events: [{ type: 'settings.changed', subject: 'undo_seconds', data: { to: seconds } }],
    result: { seconds },
  }),
});
