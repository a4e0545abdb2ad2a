import type { SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../database/open.ts';
import type { Query } from './query.ts';
import type { Refusal } from './refusal.ts';
import type { Rule } from './rules.ts';
import type { Pass } from './stamp.ts';
import type { Viewer } from './viewer.ts';

/** Anything that can say itself as SQL: every drizzle insert, update and delete. */
export interface Writing {
  toSQL(): { sql: string; params: unknown[] };
}

export interface DomainEvent {
  type: `${string}.${string}`;
  /** Id of what it happened to. */
  subject: string;
  /**
   * The revision this event makes of its subject, for changes that overwrite: two writers cannot both make the same one.
   * Additions leave it out; theirs is counted inside the commit and never conflicts.
   */
  revision?: number;
  data: Record<string, unknown>;
  /** Who did it, where that is not the viewer: who was just let in, or whose words a moderator let through; null for a guest. */
  actor?: string | null;
}

/** A result whose values may be counted inside the commit. */
export type Counted<Result> = { [K in keyof Result]: Result[K] | SQL<Result[K]> };

/** What has to be true inside the commit, whoever else commits in the same moment. If it is not, nothing is written and the refusal is the answer. */
export interface Guard {
  holds: SQL;
  otherwise: Refusal;
}

/** What an operation decided. The statements and the events commit together, or not at all. */
export interface Change<Result> {
  guard?: Guard;
  statements: Writing[];
  events: DomainEvent[];
  /** What the statements log themselves, where only the commit knows what to tell: who shows it, or listens, hears of it. */
  logged?: DomainEvent[];
  result: Counted<Result>;
}

export interface Setting {
  db: Database;
  viewer: Viewer;
  now: Date;
  /** A new id that sorts by time: `newId('tkt')` → `tkt_0198…`. */
  newId(prefix: string): string;
  /** Key of this workspace for signatures. */
  secret: string;
  /** The address that it comes from, or `unknown`. */
  network: string;
  /** Milliseconds since the form was drawn that it came with: 0 where a form hides that, undefined where it came with none. */
  formAge: number | undefined;
  /** What a form brought to show that no program sent it; undefined where it was no form of a page. */
  pass?: Pass | undefined;
}

type Decide<Input, Subject, Result> = (setting: Setting, input: Input, subject: Subject) => Change<Result> | Promise<Change<Result>>;

export interface Operation<Input, Subject, Result> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly subject?: (input: Input) => Query<Subject>;
  readonly may: Rule<Subject>;
  /** How often it is decided, each time on what is there then, where somebody else is quicker; once if not said. */
  readonly tries?: number;
  readonly decide: Decide<Input, Subject, Result>;
}

interface Definition<Input, Subject, Result> {
  /** Noun and verb: `tickets.reply`. */
  name: string;
  input: z.ZodType<Input>;
  may: Rule<NoInfer<Subject>>;
  /** For what tells of each of many things what came of it, and so never has to be said again. */
  tries?: number;
  decide: Decide<NoInfer<Input>, NoInfer<Subject>, Result>;
}

/** The only way to write. `may` is not optional, and `subject` is loaded with the viewer's own eyes. */
export function operation<Input, Subject, Result>(
  definition: Definition<Input, Subject, Result> & { subject: (input: NoInfer<Input>) => Query<Subject> },
): Operation<Input, Subject, Result>;
export function operation<Input, Result>(definition: Definition<Input, undefined, Result> & { subject?: never }): Operation<Input, undefined, Result>;
export function operation(definition: unknown): unknown {
  return definition;
}
