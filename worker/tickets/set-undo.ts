import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { UndoTimes } from './input.ts';

const keys = { reply: 'undo_seconds', note: 'undo_note_seconds' } as const;

/** Says how many seconds what staff write can be taken back, by channel. */
export const setUndoTimes = operation({
  name: 'tickets.set-undo',
  input: UndoTimes,
  may: permitted('settings.manage'),
  decide({ db }, { reply, note }) {
    const said = Object.entries({ reply, note }).flatMap(([channel, value]) => (value === undefined ? [] : [{ key: keys[channel as keyof typeof keys], value }]));
    return {
      statements: said.map((one) => db.insert(settings).values(one).onConflictDoUpdate({ target: settings.key, set: { value: one.value } })),
      events: said.map(({ key, value }) => ({ type: 'settings.changed', subject: key, data: { to: value } })),
      result: { reply, note },
    };
  },
});
