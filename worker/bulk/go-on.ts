import { eq, sql } from 'drizzle-orm';
import { macroUsed } from '../macros/schema.ts';
import { type DomainEvent, operation, type Setting, type Writing } from '../platform/operation.ts';
import { notFound, overtaken } from '../platform/refusal.ts';
import { bulkChangers } from './access.ts';
import { type Item, itemChanged, itemRestored, type Outcome } from './item.ts';
import { OneRun } from './input.ts';
import { CHUNK, chunkToDo } from './queries.ts';
import { type Action, bulkRuns } from './schema.ts';

const CONFLICT = () => overtaken();

/**
 * One step of a bulk change: what becomes of the next hundred tickets, and that it was done, in one commit. Two who do the same step do it once; one that
 * was interrupted is done again. `left` is how many tickets remain.
 */
export const goOnWithBulk = operation({
  name: 'bulk.go-on',
  input: OneRun,
  subject: ({ id }) => chunkToDo(id),
  may: bulkChangers,
  decide(setting, { id }, rows) {
    const run = rows[0]?.run;
    if (!run) throw notFound();
    const isBack = run.state === 'reverting';
    if (!isBack && run.state !== 'running') return { statements: [], events: [], result: { left: 0 } };
    const items = rows.filter((row): row is typeof row & Item => row.ticket !== null && row.place !== null);
    const outcomes = items.map((item) => ({ place: item.place, ...(isBack ? itemRestored(setting, item) : itemChanged(setting, run.action, item)) }));
    const from = isBack ? run.looked : run.seen;
    const to = Math.min(run.total, from + CHUNK);
    return {
      guard: { holds: sql`exists (select 1 from bulk_runs where id = ${id} and state = ${run.state} and ${sql.identifier(isBack ? 'looked' : 'seen')} = ${from})`, otherwise: CONFLICT() },
      statements: [...outcomes.flatMap(({ statements }) => statements), noted(id, outcomes, isBack), ...counted(setting, run.action, outcomes, isBack), progressed(setting, id, outcomes, { isBack, to, isLast: to === run.total })],
      events: outcomes.flatMap(({ events }) => events.map((event): DomainEvent => ({ ...event, data: { ...event.data, bulk: id } }))),
      result: { left: run.total - to },
    };
  },
});

type Placed = Outcome & { place: number };

/** What came of each item, in one statement. */
function noted(id: string, outcomes: Placed[], isBack: boolean): Writing {
  const list = JSON.stringify(outcomes.map(({ place, outcome, why = null, before = null, revision = null, message = null, reverted = null }) => ({ place, outcome, why, before, revision, message, reverted })));
  const set = isBack ? "reverted = json_each.value ->> 'reverted'" : "outcome = json_each.value ->> 'outcome', why = json_each.value ->> 'why', before = json_each.value -> 'before', revision = json_each.value ->> 'revision', message_id = json_each.value ->> 'message'";
  return { toSQL: () => ({ sql: `update bulk_items set ${set} from json_each(?) where run_id = ? and place = json_each.value ->> 'place'`, params: [list, id] }) };
}

/** Counts how often a macro was sent, and takes back what was not sent after all. */
function counted({ db, viewer }: Setting, { says }: Action, outcomes: Placed[], isBack: boolean): Writing[] {
  const times = outcomes.filter(({ message }) => message).length;
  return says && times > 0 ? [macroUsed(db, viewer.id!, says.macro, isBack ? -times : times)] : [];
}

function progressed({ db, now }: Setting, id: string, outcomes: Placed[], { isBack, to, isLast }: { isBack: boolean; to: number; isLast: boolean }) {
  const count = (which: (one: Placed) => boolean) => outcomes.filter(which).length;
  const step = isBack
    ? { looked: to, restored: sql`restored + ${count(({ reverted }) => reverted === 'restored')}`, ...(isLast ? { state: 'reverted' as const } : {}) }
    : { seen: to, changed: sql`changed + ${count(({ outcome }) => outcome === 'changed')}`, refused: sql`refused + ${count(({ outcome }) => outcome === 'refused')}`, ...(isLast ? { state: 'done' as const, doneAt: now } : {}) };
  return db.update(bulkRuns).set(step).where(eq(bulkRuns.id, id));
}
