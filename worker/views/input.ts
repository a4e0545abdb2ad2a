import { z } from 'zod';
import { line } from '../platform/input.ts';
import type { priorities, statuses } from '../tickets/schema.ts';
import { columns, Condition, type Row, sorts } from './schema.ts';

export { columns, Condition, fields, sorts, type Column, type Row, type Sort } from './schema.ts';

const SCOPE = 'Say whose view it is.';

/** `id` is left out of a new one. `group` is the group of a view with `scope` group. */
export const NewView = z.object({
  id: z.string().max(80).optional(),
  name: line(60, 'Write a name.', 'Keep the name under 60 characters.'),
  scope: z.enum(['personal', 'group', 'global'], { error: SCOPE }).default('personal'),
  group: z.string().max(80).default(''),
  condition: Condition,
  columns: z.array(z.enum(columns, { error: 'Choose columns from the list.' }), 'Choose columns from the list.').max(columns.length).default([]).transform((list) => columns.filter((one) => list.includes(one))),
  sort: z.enum(sorts, { error: 'Choose an order from the list.' }).default('priority'),
  position: z.coerce.number({ error: 'Write a whole number.' }).int('Write a whole number.').min(-1000, 'Write a whole number.').max(1000, 'Write a whole number.').default(100),
});

export const OneView = z.object({ id: z.string().max(80) });

/** `number` is the ticket that they leave; `skip` puts it off for an hour. */
export const Next = z.object({
  condition: Condition,
  sort: z.enum(sorts),
  number: z.preprocess((value) => (value === '' || value === null ? undefined : value), z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0)),
  skip: z.string().optional().transform((value) => value !== undefined && value !== ''),
});

/** Filters of the queue, as the address holds them: `assignee` an id, a handle, `me` or `none`, `group` an id, `mine` or `none`. */
export interface Filters {
  status?: (typeof statuses)[number] | undefined;
  assignee?: string | undefined;
  priority?: (typeof priorities)[number] | undefined;
  group?: string | undefined;
  /** `1` for what is out of sight for now, instead of what is not. */
  snoozed?: '1' | undefined;
}

/** The queue's filters as a condition: what is not said is not asked for, but that a ticket is open. */
export function conditionOf({ status, assignee, priority, group, snoozed }: Filters): Condition {
  const rows: Row[] = [status ? { field: 'status', is: 'is', values: [status] } : { field: 'state', is: 'is', values: [snoozed ? 'asleep' : 'open'] }];
  if (assignee) rows.push({ field: 'assignee', is: 'is', values: [assignee === 'none' ? 'nobody' : assignee] });
  if (group) rows.push({ field: 'group', is: 'is', values: [group] });
  if (priority) rows.push({ field: 'priority', is: 'is', values: [priority] });
  return { match: 'all', groups: [{ match: 'all', rows }] };
}
