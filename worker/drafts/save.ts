import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { Typed } from './input.ts';
import { placeOf } from './queries.ts';
import { drafts } from './schema.ts';

/** Keeps what somebody began to write, unless another tab kept something later. It is no event: nobody else hears of it. */
export const saveDraft = operation({
  name: 'drafts.save',
  input: Typed,
  subject: ({ number }) => placeOf(number),
  may: signedIn,
  decide({ db, viewer, now }, { draft, number: _, attachments: files, ...typed }, { place }) {
    const userId = viewer.id!;
    const kept = sql<number>`(select coalesce(max(revision), 0) from drafts where user_id = ${userId} and place = ${place})`;
    const values = { ...typed, files, revision: draft + 1, savedAt: now };
    return {
      guard: { holds: sql`${kept} = ${draft}`, otherwise: new Refusal('conflict', 'You saved something else here in another tab. Below is what you typed now; save again to keep this one.') },
      statements: [db.insert(drafts).values({ userId, place, ...values }).onConflictDoUpdate({ target: [drafts.userId, drafts.place], set: values })],
      events: [],
      result: { revision: draft + 1 },
    };
  },
});
