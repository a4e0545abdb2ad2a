import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { DAY } from '../platform/time.ts';
import { MOST } from './add-word.ts';
import { NewScreen } from './input.ts';
import { listsToKeep } from './queries.ts';
import { screens } from './schema.ts';

/** Looks at what comes from a network or mail address, or leads to a site or URL, from now on: holds or blocks it. */
export const addScreen = operation({
  name: 'screening.add-screen',
  input: NewScreen,
  subject: ({ kind, pattern }) => listsToKeep(kind, pattern),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { days, follows: action, ...said }, { screens: count, isThere }) {
    const screen = { ...said, action };
    if (isThere) throw invalid({ pattern: 'This is on the list already.' });
    if (count >= MOST) throw new Refusal('conflict', 'The list is full. Remove what no longer finds anything.');
    const id = newId('scr');
    const expiresAt = days > 0 ? new Date(now.getTime() + days * DAY) : null;
    return {
      statements: [db.insert(screens).values({ id, ...screen, expiresAt, createdAt: now })],
      events: [{ type: 'screen.listed', subject: id, data: { ...screen, days } }],
      result: { id },
    };
  },
});
