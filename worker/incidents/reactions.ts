import type { Happened, Reaction } from '../platform/reaction.ts';

const due = (which: string, args: (string | number)[], { createdAt }: Happened) => ({ sql: `update guest_waits set due_at = ? where confirmed_at is not null and due_at is null and ${which}`, args: [createdAt.getTime(), ...args] });

const INCIDENTS = 'select i.id from tickets t join incidents i on i.ticket_id in (select t.id union all select p.id from tickets p where p.merged_into = t.id) where t.id = ? and t.is_open = 0';

/** A ticket that customers were told of may be done: guests who wait for that are written to. */
export const writeOfEnd: Reaction = (event) => (event.data['isBack'] === true ? [] : [due(`kind = 'incident' and ref_id in (${INCIDENTS})`, [event.subject], event)]);

/** A problem of the community is fixed: guests who wait for that are written to. */
export const writeOfFix: Reaction = (event) => (event.data['to'] === 'fixed' ? [due("kind = 'topic' and ref_id = ?", [event.subject], event)] : []);
