import { sql } from 'drizzle-orm';
import { bits } from '../platform/seldom.ts';
import type { requesters, visibleTickets } from './access.ts';

/** What the page of a ticket at the desk seldom has. */
export type TicketPart = 'merged' | 'handovers' | 'links' | 'trackers' | 'rating' | 'held' | 'drafts' | 'people' | 'names' | 'files' | 'forms' | 'answers' | 'macros' | 'statuses' | 'undo' | 'topics' | 'voices' | 'near' | 'documents' | 'tickets' | 'helpers' | 'visitors';

const TICKET_PARTS: (TicketPart | TicketPart[])[] = [['merged', 'handovers', 'links', 'trackers'], 'handovers', 'links', 'trackers', 'rating', 'held', 'drafts', 'people', 'names', ['forms', 'answers'], 'near', 'documents', 'tickets', 'helpers', 'files', 'topics', 'voices', 'forms', 'macros', 'statuses', 'undo'];

/** The parts of its page at the desk that there may be something for: by its own bits, two of whoever asks, and what all tickets have. */
export const partsAtDesk = (ticket: ReturnType<typeof visibleTickets>, asker: ReturnType<typeof requesters>) =>
  bits(
    TICKET_PARTS,
    sql`(coalesce((select parts from marks where thing = ${ticket.id}), 0) | ((${asker.parts} & 768) << 7) | iif(${ticket.formId} is null, 0, 512) | iif(exists (select 1 from ticket_forms where is_active = 1), 131072, 0) | iif(exists (select 1 from macros), 262144, 0)
      | iif(exists (select 1 from ticket_statuses), 524288, 0) | iif(exists (select 1 from settings where key in ('undo_seconds', 'undo_note_seconds')), 1048576, 0))`,
  );
