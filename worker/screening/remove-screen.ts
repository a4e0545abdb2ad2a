import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Removal } from './input.ts';
import { screenById } from './queries.ts';
import { screens } from './schema.ts';

/** Looks at something no longer. */
export const removeScreen = operation({
  name: 'screening.remove-screen',
  input: Removal,
  subject: ({ id }) => screenById(id),
  may: permitted('settings.manage'),
  decide({ db }, { id }, { kind, pattern, action }) {
    return { statements: [db.delete(screens).where(eq(screens.id, id))], events: [{ type: 'screen.unlisted', subject: id, data: { kind, pattern, action } }], result: { id } };
  },
});
