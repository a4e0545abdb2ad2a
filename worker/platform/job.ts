import type { Database } from '../database/open.ts';
import type { Gate } from './gate.ts';

export interface JobSetting {
  db: Database;
  gate: Gate;
  now: Date;
  /** Key of this workspace for signatures. */
  secret: string;
  /** Public address of this workspace. */
  url: string;
}

/** Work done by the clock: idempotent, bounded, resumable. Returns how many things it changed. */
export interface Job {
  readonly name: string;
  work(setting: JobSetting): Promise<number>;
}

export const job = (name: string, work: Job['work']): Job => ({ name, work });
