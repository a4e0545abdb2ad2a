import type { Database } from '../database/open.ts';
import type { Gate } from './gate.ts';
import type { Mailer } from './mail.ts';
import type { Meaning } from './meaning.ts';
import type { Scanner } from './scanner.ts';
import type { Store } from './store.ts';

export interface JobSetting {
  db: Database;
  gate: Gate;
  now: Date;
  /** Key of this workspace for signatures. */
  secret: string;
  /** Public address of this workspace. */
  url: string;
  /** Who carries letters; nobody, where they are kept. */
  mailer?: Mailer | undefined;
  /** Where the bytes of files lie. */
  files?: Store | undefined;
  /** Who looks into files before they are handed out, if somebody does. */
  scanner?: Scanner | undefined;
  /** Who says what texts mean, if somebody does. */
  meaning?: Meaning | undefined;
  /** Has what shows these made anew, and tells those who have something before them that something happened there. */
  happened?: ((events: { type: string; subject: string; data: Record<string, unknown> }[]) => Promise<void>) | undefined;
}

/** Work done by the clock: idempotent, bounded, resumable. Returns how many things it changed. */
export interface Job {
  readonly name: string;
  work(setting: JobSetting): Promise<number>;
}

export const job = (name: string, work: Job['work']): Job => ({ name, work });
