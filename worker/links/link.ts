import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import type { Orderly } from './access.ts';
import { checkFamily, checkOrder, familyHolds, isContrary, orderHolds, withoutParents } from './family.ts';
import { Linking, type relations } from './input.ts';
import { ticketsToLink } from './queries.ts';
import { type linkKinds, ticketLinks } from './schema.ts';

/** What the other is to this one → how it is kept, and whether this one comes first. */
const KEPT: Record<(typeof relations)[number], [kind: (typeof linkKinds)[number], isFirst: boolean]> = {
  parent: ['parent', false], child: ['parent', true], problem: ['problem', false], incident: ['problem', true], duplicate: ['duplicate', false], original: ['duplicate', true], related: ['related', true], blocked_by: ['blocks', false], blocks: ['blocks', true],
};

/** Says how two tickets have to do with each other. Only staff see it. Said again, it changes nothing. A ticket has one parent at most, and is never above itself; nor is it its own problem, duplicate, or what it waits for, however many are between. */
export const linkTickets = operation({
  name: 'links.link',
  input: Linking,
  subject: ({ number, other, as }) => ticketsToLink(number, other, orderOf(as)),
  may: permitted('tickets.change'),
  tries: 2,
  decide({ db, now }, { as, other }, { id, otherId, number, above, aboveOther }) {
    if (otherId === null) throw invalid({ other: 'There is no ticket of this number.' });
    if (otherId === id) throw invalid({ other: 'Choose another ticket than this one.' });
    const [kind, isFirst] = KEPT[as];
    const [fromId, toId] = isFirst ? [id, otherId] : [otherId, id];
    const isFamily = kind === 'parent';
    const isSaid = isFamily && (isFirst ? checkFamily({ id: otherId, above: aboveOther }, { id, above }, false) : checkFamily({ id, above }, { id: otherId, above: aboveOther }, true));
    if (isContrary(as)) checkOrder(as, isFirst ? { id, above } : { id: otherId, above: aboveOther }, isFirst ? { id: otherId, above: aboveOther } : { id, above });
    if (isSaid) return { statements: [], events: [], result: { number } };
    return {
      ...(isFamily ? { guard: familyHolds(toId, fromId) } : isContrary(as) ? { guard: orderHolds(toId, fromId, orderOf(as)) } : {}),
      statements: [...(isFamily ? [withoutParents(db, toId)] : []), db.insert(ticketLinks).values({ fromId, toId, kind, createdAt: now }).onConflictDoNothing()],
      events: [{ type: 'ticket.linked', subject: id, data: { ticket: other, as } }, { type: 'ticket.linked', subject: otherId, data: { ticket: number, as: inverse(as) } }],
      result: { number },
    };
  },
});

/** The kind of links that has to stay in order. What is merely related has none. */
const orderOf = (as: (typeof relations)[number]) => (as === 'related' ? 'parent' : (KEPT[as][0] as Orderly));

/** What this one is to the other. */
function inverse(as: (typeof relations)[number]): string {
  const [kind, isFirst] = KEPT[as];
  return Object.entries(KEPT).find(([, [same, first]]) => same === kind && first === !isFirst)?.[0] ?? as;
}
