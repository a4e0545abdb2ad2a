/** What a merge changes of a ticket. Moments are milliseconds since 1970. */
export interface Fields {
  status: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';
  solvedAt: number | null;
  waitingSince: number | null;
  lastMessageAt: number;
  updatedAt: number;
}

/** A merge as far as fields go. */
export interface Step {
  id: string;
  source: Fields;
  before: Fields;
  after: Fields;
  gained: string[];
  /** When it was. */
  at: number;
}

type Row = { [K in keyof Fields]: Fields[K] extends number | null ? (null extends Fields[K] ? Date | null : Date) : Fields[K] };

/** The fields of a row. */
export const fieldsOf = ({ status, solvedAt, waitingSince, lastMessageAt, updatedAt }: Row): Fields => ({
  status, solvedAt: solvedAt?.getTime() ?? null, waitingSince: waitingSince?.getTime() ?? null, lastMessageAt: lastMessageAt.getTime(), updatedAt: updatedAt.getTime(),
});

/** The same for a row. */
export const rowOf = ({ status, solvedAt, waitingSince, lastMessageAt, updatedAt }: Fields): Row => {
  const moment = (at: number | null) => (at === null ? null : new Date(at));
  return { status, solvedAt: moment(solvedAt), waitingSince: moment(waitingSince), lastMessageAt: new Date(lastMessageAt), updatedAt: new Date(updatedAt) };
};

/** What a ticket is once another is part of it: it waits since the older unanswered word, and is open when it waits. */
export function joined(own: Fields, source: Fields, at: number): Fields {
  const waits = [own.waitingSince, source.waitingSince].filter((since) => since !== null);
  const reopens = source.waitingSince !== null && (own.status === 'pending' || own.status === 'solved');
  return {
    status: reopens ? 'open' : own.status,
    solvedAt: reopens ? null : own.solvedAt,
    waitingSince: waits.length > 0 ? Math.min(...waits) : null,
    lastMessageAt: Math.max(own.lastMessageAt, source.lastMessageAt),
    updatedAt: at,
  };
}

const chosen = (ours: (key: keyof Fields) => boolean, yes: Fields, no: Fields) =>
  Object.fromEntries(Object.keys(no).map((name) => [name, (ours(name as keyof Fields) ? yes : no)[name as keyof Fields]])) as unknown as Fields;

/**
 * Takes one merge out of those into a ticket. `later` are the merges after it, oldest first: they are told again, as if it had never been. What
 * somebody changed meanwhile stays as they left it.
 */
export function without(now: Fields, taken: Step, later: Step[]): { now: Fields; later: Step[] } {
  let [was, is] = [taken.after, taken.before];
  const told: Step[] = [];
  for (const step of later) {
    const before = chosen((key) => step.before[key] === was[key], is, step.before);
    const after = joined(before, step.source, step.at);
    told.push({ ...step, before, after });
    [was, is] = [step.after, after];
  }
  return { now: chosen((key) => now[key] === was[key], is, now), later: told };
}

/** The tags that a ticket gains from another: those that are not its own, whatever other merges brought. */
export function gains(tags: string[], brought: string[][], source: string[]): string[] {
  const own = tags.filter((tag) => !brought.some((list) => list.includes(tag)));
  return source.filter((tag) => !own.includes(tag));
}
