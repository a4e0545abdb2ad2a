import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Guard, Writing } from '../platform/operation.ts';
import { invalid, overtaken } from '../platform/refusal.ts';
import { ancestorsOf, type Orderly, parentsOf } from './access.ts';
import { ticketLinks } from './schema.ts';

interface Above {
  id: string;
  number: number;
  isParent: 0 | 1;
}

interface Side {
  id: string;
  above: Above[];
}

const refused = (sentence: string) => invalid({ other: sentence });

/**
 * Refuses a second parent, and one that is below its child. `isThis` says whether the child is the ticket that it is about, not the other that was named.
 * Answers whether they are parent and child already.
 */
export function checkFamily(child: Side, parent: Side, isThis: boolean): boolean {
  const parents = child.above.filter(({ isParent }) => isParent);
  const first = parents.find(({ id }) => id !== parent.id);
  if (first) throw refused(isThis ? `This ticket has a parent already: ${first.number}. Remove that link first.` : `That ticket has a parent already: ${first.number}. Remove that link first, on its own page.`);
  if (parent.above.some(({ id }) => id === child.id)) throw refused(isThis ? 'That ticket is below this one already.' : 'That ticket is above this one already.');
  return parents.length > 0;
}

/** How it is said that two tickets are linked the other way round already, by what the other was to be to this one; `parent` and `child` are for `checkFamily`. */
const CONTRARY = {
  problem: 'This ticket is the problem behind that one already, itself or through others.',
  incident: 'That ticket is the problem behind this one already, itself or through others.',
  duplicate: 'This ticket is a duplicate of that one already, itself or through others.',
  original: 'That ticket is a duplicate of this one already, itself or through others.',
  blocked_by: 'This ticket blocks that one already, itself or through others.',
  blocks: 'That ticket blocks this one already, itself or through others.',
} as const;

export type Contrary = keyof typeof CONTRARY;

export const isContrary = (as: string): as is Contrary => as in CONTRARY;

/** Refuses a link whose first ticket comes after its second already, however many are between them. */
export function checkOrder(as: Contrary, first: Side, second: Side): void {
  if (first.above.some(({ id }) => id === second.id)) throw refused(CONTRARY[as]);
}

/** Holds as long as the second of the two does not come before the first. */
export const orderHolds = (second: string, first: string, kind: Orderly): Guard => ({ holds: sql`${second} not in (${ancestorsOf(sql`(${first})`, kind)})`, otherwise: overtaken() });

/** Holds as long as the child has no other parent, and is not above this one. */
export const familyHolds = (child: string, parent: string): Guard => ({
  holds: sql`not exists (select 1 from (${parentsOf(sql`(${child})`)}) where id <> ${parent}) and ${child} not in (${ancestorsOf(sql`(${parent})`)})`,
  otherwise: overtaken(),
});

/** Forgets which of the parts of a ticket was the parent of which: it has a parent now. */
export const withoutParents = (db: Database, child: string): Writing => {
  const parts = sql`(select ${child} union all select id from tickets where merged_into = ${child})`;
  return db.delete(ticketLinks).where(and(eq(ticketLinks.kind, 'parent'), sql`${ticketLinks.fromId} in ${parts}`, sql`${ticketLinks.toId} in ${parts}`));
};
