import { is, SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { drawnAt } from './form-time.ts';
import type { Gate, Sql } from './gate.ts';
import { newId } from './id.ts';
import { readIssues, unfit } from './input.ts';
import type { Meter } from './meter.ts';
import type { Change, DomainEvent, Guard, Operation } from './operation.ts';
import { announced } from './outbox.ts';
import { answersTo, type Query } from './query.ts';
import { answeredBefore, isOfCall, type Mark, markOf, OF_ANOTHER, resultOf, reused } from './repeat.ts';
import { isStale } from './rules.ts';
import { invalid, overtaken, Refusal, signedOut } from './refusal.ts';
import { type Area, reaches } from './scope.ts';
import { type Asking, changing, spoken } from './statement.ts';
import { isPublic } from './silence.ts';
import type { Pass } from './stamp.ts';
import { EVERYTHING, hasMore, sameViewer, type Viewer } from './viewer.ts';

type Results<Queries extends Query<unknown>[]> = {
  [K in keyof Queries]: Queries[K] extends Query<infer Result> ? Result : never;
};

/** How the portal makes sure that the viewer is who a cookie says: one more statement in its first batch. */
export interface Proof {
  asking(db: Database): Asking;
  /** Whether the rows do not tell who they are: then `asking` asks for more from now on. */
  asksMore?(rows: unknown[]): boolean;
  /** Who they really are. */
  confirm(rows: unknown[]): Promise<Viewer>;
}

/** How the portal learns which categories are hidden from a viewer: one statement more in its first batch, where it has to be asked. */
export interface Sight {
  asking(db: Database, viewer: Viewer): Asking | undefined;
  /** What is hidden from them, as viewers hold it; null where the answer does not tell, and more has to be asked. */
  read(rows: unknown[], viewer: Viewer): string | null;
}

/** How the portal makes sure that the signed link somebody came by opens its ticket still: one statement more in its first batch. */
export interface Link {
  asking(db: Database): Asking;
  holds(rows: unknown[]): boolean;
}

export interface Setup {
  db: Database;
  gate: Gate;
  /** Where round trips are counted. */
  meter?: Meter | undefined;
  /** Who they are, or, with a proof, who they claim to be. */
  viewer: Viewer;
  proof?: Proof | undefined;
  /** Confirms the link that made them a guest of a ticket. Without it what the viewer says of that is believed. */
  link?: Link | undefined;
  /** Confirms what the viewer says is hidden from them. Without it nothing of the kind is believed. */
  sight?: Sight | undefined;
  secret: string;
  /** The address that they come from, or `unknown`. */
  network?: string | undefined;
  /** The part of the API that was called, which a token may not reach. */
  area?: Area | undefined;
  clock?: (() => Date) | undefined;
  /** Called after each commit, and waited for, before anybody hears of it. Of one that failed nobody knows whether it did: it is called then too. */
  committed?: ((events: DomainEvent[]) => Promise<void>) | undefined;
}

/** Everything a page or a route may do. It is the only holder of the database. */
export interface Portal {
  /** Until the first `load` or `run` who they claim to be, then who they are. */
  readonly viewer: Viewer;
  /** Reads, all in one round trip. */
  load<Queries extends Query<unknown>[]>(...queries: Queries): Promise<Results<Queries>>;
  /**
   * Writes. With `key`, the same person's second call with the same input and key changes nothing and returns the first result; a key that their program
   * chose is refused with another input. Forms have one, empty where it was lost. `pass` is what a form brought to show that no program sent it.
   */
  run<Input, Subject, Result>(op: Operation<Input, Subject, Result>, input: unknown, key?: string, pass?: Omit<Pass, 'form'> & Partial<Pass>): Promise<Result>;
}

export function openPortal({ db, gate, meter = { trips: 0, waited: 0 }, viewer: claimed, proof: unproved, sight: unconfirmed, link: unheld, secret, network = 'unknown', area, clock = () => new Date(), committed }: Setup): Portal {
  let viewer: Viewer = unconfirmed ? claimed : { ...claimed, hidden: null };
  let [proof, sight, link] = [unproved, unconfirmed, unheld];
  /** The viewer, once they changed something: they may have then what they had not. */
  let writer: Viewer | undefined;

  async function ask(queries: Query<unknown>[]): Promise<unknown[][]> {
    const [said, proving] = [writer ?? viewer, proof];
    const wanted = [...queries.map((query) => query.asking(db, said)), ...queries.map((query) => query.marking?.(db, said))];
    if (!proving && !link && wanted.every((one) => one === undefined)) return queries.map(() => []);
    const looking = sight?.asking(db, said);
    const sent = performance.now();
    meter.trips++;
    const rows = await answersTo(db, [...wanted, proving?.asking(db), looking, link?.asking(db)]);
    meter.waited += performance.now() - sent;
    const [proved, seen, linked] = rows.splice(wanted.length) as [unknown[], unknown[], unknown[]];
    const marks = rows.splice(queries.length);
    const settled = () => {
      const told = queries.map((query, i) => (query.settled ? query.settled(marks[i]!, rows[i]!) : rows[i]!));
      return told.every((one) => one !== undefined) ? told : ask(queries);
    };
    if (!proving && !looking && !link) return settled();
    if (proving?.asksMore?.(proved)) return ask(queries);
    const confirmed = proving ? await proving.confirm(proved) : said;
    const actual = link && !link.holds(linked) ? { ...confirmed, guestOf: null } : confirmed;
    [proof, link] = [undefined, undefined];
    if (actual.token !== null && !reaches(actual.scope, area, 'read')) throw new Refusal('forbidden', 'This token is for other parts of the API.');
    const isWhoTheySay = sameViewer({ ...actual, hidden: said.hidden, parts: said.parts }, said);
    const isMissed = queries.some(({ minds = [] }) => hasMore(actual, said, minds));
    viewer = { ...actual, hidden: isWhoTheySay && looking ? sight!.read(seen, said) : null };
    if (!isWhoTheySay || isMissed || (said.hidden !== null && said.hidden !== viewer.hidden)) return ask(queries);
    sight = undefined;
    return settled();
  }

  async function commit<Result>(change: Change<Result>, now: Date, mark?: Mark): Promise<Result> {
    const statements = [...change.statements, ...change.events.map((event) => announced(db, { viewer, now, newId }, event))].map(spoken);
    const isCounted = mark !== undefined || Object.values(change.result).some((value) => is(value, SQL)) || statements.length === 0;
    if (isCounted) statements.push(resultOf(change.result, mark, now));
    const { guard } = change;
    if (guard) statements.unshift(guarded(guard));
    writer = { ...viewer, parts: EVERYTHING };
    const done = gate.commit(statements).finally(() => committed?.([...change.events, ...(change.logged ?? [])]));
    const rows = await done.catch((error: Error) => {
      throw guard && FAILED.test(error.message) ? guard.otherwise : error;
    });
    return JSON.parse(isCounted ? (rows.at(-1)![0]!['result'] as string) : JSON.stringify(Object.fromEntries(Object.entries(change.result).map(([name, value]) => [name, value ?? null])))) as Result;
  }

  async function earlier<Result>(mark: Mark): Promise<Result | undefined> {
    meter.trips++;
    return answeredBefore(db, mark);
  }

  async function run<Input, Subject, Result>(op: Operation<Input, Subject, Result>, raw: unknown, key?: string, pass?: Omit<Pass, 'form'> & Partial<Pass>): Promise<Result> {
    const parsed = await op.input.safeParseAsync(raw, { error: unfit });
    if (!parsed.success) throw invalid(readIssues(parsed.error));

    const query = op.subject?.(parsed.data);
    const rows = await ask(query ? [query] : []);
    const subject = (query ? query.read(rows[0]!) : undefined) as never;
    if (!op.may.allows(viewer, subject)) throw refusedTo(viewer, op.may.label);
    if (viewer.viewedBy && !op.may.whileLooking) throw new Refusal('forbidden', 'You are looking with a customer’s eyes, and can only look.');
    if (!viewer.viewedBy && !reaches(viewer.scope, area, 'write')) throw new Refusal('forbidden', 'This token can only read.');
    if (viewer.silencedUntil > clock().getTime() && isPublic(op.name)) throw new Refusal('forbidden', 'You may read, but not write here for now. Your list of decisions says why, and until when.');
    if (isStale(op.may, viewer, clock())) throw new Refusal('stale', 'Prove that it is you, then do it again.');

    const now = clock();
    const mark = key ? markOf(viewer, op.name, key, parsed.data as object, network) : undefined;
    try {
      const change = await op.decide({ db, viewer, now, newId, secret, network, formAge: ageOf(secret, key, now), ...(pass ? { pass: { form: key ?? '', ...pass } } : {}) }, parsed.data, subject);
      return await commit(change, now, mark);
    } catch (thrown) {
      const error = refusalBehind(thrown);
      // What the first call changed may stand in the way of the second: what it answered goes first.
      const first = mark && isBecauseOfAnother(error) ? await earlier<never>(mark) : undefined;
      if (first) return first;
      throw error;
    }
  }

  return {
    get viewer() {
      return viewer;
    },

    async load(...queries) {
      const rows = await ask(queries);
      return queries.map((query, i) => query.read(rows[i]!)) as never;
    },

    run: (op, raw, key, pass) => patiently(op.tries ?? 1, () => run(op, raw, key, pass)),
  };
}

/** Tries again, up to so many times, what somebody else was quicker about. */
async function patiently<Result>(tries: number, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (tries > 1 && error instanceof Refusal && error.reason === 'conflict') return patiently(tries - 1, attempt);
    throw error;
  }
}

/** How long ago the form was drawn that a key came with. Those of API calls are no forms' keys. */
const ageOf = (secret: string, key: string | undefined, now: Date) => (key === undefined || isOfCall(key) ? undefined : now.getTime() - (drawnAt(secret, key) ?? now.getTime()));

const isBecauseOfAnother = (error: unknown) => (error instanceof Refusal ? error.reason === 'conflict' || error.reason === 'too_many' : /UNIQUE.*once\.key/.test((error as Error).message));

/** What a commit that the database took back says, where it is one of the rules that are kept there. */
function refusalBehind(thrown: unknown): unknown {
  const { message } = thrown as Error;
  if (/UNIQUE.*outbox\.subject/.test(message)) return overtaken();
  if (OF_ANOTHER.test(message)) return reused();
  if (/NOT NULL.*attempts\.at/.test(message)) return new Refusal('too_many', 'This was tried too often. Wait a while, then try again.', {}, 600);
  if (/NOT NULL.*attachments\.name/.test(message)) return new Refusal('conflict', GONE, { attachments: GONE });
  return thrown;
}

const GONE = 'A file that you attached is no longer there. Attach it again.';

const refusedTo = (viewer: Viewer, label: string) =>
  viewer.id === null ? signedOut() : new Refusal('forbidden', `Only ${label} can do this.`);

/** SQL has no other way to give up a transaction from within a query: the smallest integer has no absolute value. */
const FAILED = /integer overflow/;

/** The first statement of a guarded commit: an error, and with it the end of the commit, unless the guard holds. */
const guarded = ({ holds }: Guard): Sql => spoken(changing(sql`select case when ${holds} then 1 else abs(-9223372036854775807 - 1) end as holds`));
