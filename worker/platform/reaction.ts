import type { Sql } from './gate.ts';

/** An event as the log tells it. */
export interface Happened {
  id: string;
  type: string;
  subject: string;
  revision: number;
  actorId: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
}

/** What follows from an event, as statements: they commit together with the mark that it was delivered. Two deliveries at once may do both: twice must change nothing. */
export type Reaction = (event: Happened) => Sql[];

/** The same of several events of one type that came together, the oldest first: statements for all of them, since libSQL takes longer to read one than to carry it out. */
export type Together = (events: Happened[]) => Sql[];
