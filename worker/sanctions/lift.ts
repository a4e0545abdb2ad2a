import { logged } from '../moderation/stating.ts';
import { type Change, operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { either, rule } from '../platform/rules.ts';
import { DAY } from '../platform/time.ts';
import { can } from '../platform/viewer.ts';
import { maySanction } from './imposing.ts';
import { Lifting } from './input.ts';
import { lifted } from './lifting.ts';
import { sanctionToLift } from './queries.ts';
import type { SanctionKind } from './schema.ts';

/** Milliseconds in which the deletion of a spammer is undone. */
const UNDO = 7 * DAY;

interface Kept {
  kind?: SanctionKind;
}

const silencers = rule<Kept>('people with the permission people.silence on warnings and silences', (viewer, { kind }) => can(viewer, 'people.silence') && (kind === 'warning' || kind === 'silence'));
const suspenders = rule<Kept>('people with the permission people.suspend', (viewer) => can(viewer, 'people.suspend'));

/** Ends a sanction before its time, and gives back all that it took. The deletion of a spammer can be undone for seven days. */
export const liftSanction = operation({
  name: 'sanctions.lift',
  input: Lifting,
  subject: ({ sanction }) => sanctionToLift(sanction),
  may: either<Kept>(silencers, suspenders),
  decide(setting, { words }, sanction): Change<{ handle: string }> {
    const { viewer, now } = setting;
    maySanction(viewer, { ...sanction, id: sanction.userId, anonymisedAt: null });
    if (sanction.liftedAt) throw new Refusal('conflict', 'This was lifted already.');
    if (sanction.kind === 'deletion' && now.getTime() - sanction.createdAt.getTime() > UNDO) throw new Refusal('conflict', 'This is more than seven days ago, and stays.');
    return {
      statements: [...lifted(setting, sanction, words), logged(setting, { action: 'lifted', rule: sanction.code })],
      events: [{ type: 'person.sanction_lifted', subject: sanction.userId, revision: sanction.revision + 1, data: { sanction: sanction.id, kind: sanction.kind } }],
      result: { handle: sanction.handle },
    };
  },
});
