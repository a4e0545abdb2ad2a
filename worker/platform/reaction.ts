import type { Database } from '../database/open.ts';
import type { Gate } from './gate.ts';

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

/** What follows from an event, as statements. Delivered at least once: running it twice must change nothing. */
export type Reaction = (event: Happened, setting: { db: Database; gate: Gate }) => Promise<void>;
