import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { either, permitted } from '../platform/rules.ts';
import { ManyInvitations } from './input.ts';
import { askedBy, judged } from './judge.ts';
import { asksForProof } from './may-give.ts';
import { manyWanted } from './queries.ts';
import { invitation } from './sending.ts';

/** Invites everybody of a list who can be invited; the others are left out. Tells how many of each. */
export const inviteMany = operation({
  name: 'invitations.send-many',
  input: ManyInvitations,
  subject: ({ csv }) => manyWanted(askedBy(csv)),
  may: either(permitted('accounts.change'), permitted('people.manage')),
  decide(setting, { csv, locale, url }, known) {
    const { viewer, now } = setting;
    const lines = judged(viewer, csv, known, locale);
    const wishes = lines.flatMap(({ wish }) => (wish ? [wish] : []));
    if (wishes.length === 0) throw invalid({ csv: 'None of these lines can be invited.' });
    if (wishes.some((wish) => asksForProof(viewer, wish, now))) throw new Refusal('stale', 'Prove that it is you, then do it again.');
    const made = wishes.map((wish) => invitation(setting, wish, url));
    return { statements: made.flatMap(({ statements }) => statements), events: made.map(({ event }) => event), result: { invited: wishes.length, skipped: lines.length - wishes.length } };
  },
});
