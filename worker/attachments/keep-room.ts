import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { SaidRoom } from './input.ts';
import { roomKept } from './queries.ts';

/** Says how much room people’s files have, by how far they are trusted. What is there already stays, also where it is more. */
export const keepRoom = operation({
  name: 'attachments.keep-room',
  input: SaidRoom,
  subject: () => roomKept(),
  may: permitted('settings.manage'),
  decide({ db }, said, { room, revision }) {
    return {
      statements: [db.insert(settings).values({ key: 'attachment_room', value: said }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
      events: [{ type: 'settings.changed', subject: 'attachment_room', revision: revision + 1, data: { from: room, to: said } }],
      result: said,
    };
  },
});
