import type { Asking } from '../platform/statement.ts';

/** The question whether letters wait to be handed over at a moment: one row, or none. */
export const lettersWait = (now: Date): Asking => ({ sql: `select 1 from mails where state = 'queued' and send_after <= ? limit 1`, args: [now.getTime()], rows: ({ rows }) => rows });
