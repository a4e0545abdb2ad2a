import { z } from 'zod';

/** What happens to tickets, as the log names it. */
export const types = [
  'ticket.suspended', 'ticket.recovered', 'ticket.opened', 'ticket.replied', 'ticket.unsent', 'ticket.noted', 'ticket.changed', 'ticket.filled', 'ticket.solved', 'ticket.reopened', 'ticket.closed', 'ticket.followed', 'ticket.published', 'ticket.merged', 'ticket.unmerged', 'ticket.absorbed', 'ticket.released', 'ticket.shared',
  'ticket.rated', 'ticket.snoozed', 'ticket.woken', 'ticket.requester_changed', 'ticket.copied', 'ticket.uncopied', 'ticket.shown', 'ticket.unshown', 'ticket.split', 'ticket.split_off', 'ticket.linked', 'ticket.unlinked', 'ticket.tracked', 'ticket.untracked', 'ticket.answered_incidents', 'ticket.took_back_answers', 'ticket.file_infected', 'side.opened', 'side.written',
] as const;

/** What of a ticket's history is asked for, as the address holds it. `actor` is a handle, or `system` for what nobody did. What is unknown is ignored. */
export const HistoryFilters = z.object({
  type: z.enum(types).optional().catch(undefined),
  actor: z.string().min(1).max(80).optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
});

export type Filters = z.infer<typeof HistoryFilters>;
