import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isInScope } from '../tickets/access.ts';
import { bulkChangers } from './access.ts';
import { MOST, NewRun, type Selection, type Wish, wishesNothing } from './input.ts';
import { bulkToStart, selected } from './queries.ts';
import { answered } from '../tickets/schema.ts';
import { type Action, bulkRuns, type Saying } from './schema.ts';

const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });

/**
 * Starts a bulk change: the tickets are chosen inside the commit, once and for all, as far as who starts it sees them; what becomes of each is done in
 * steps after that. With `all`, what came after the moment of the choice is not among them.
 */
export const startBulk = operation({
  name: 'bulk.start',
  input: NewRun,
  subject: (input) => bulkToStart(input, input),
  may: bulkChangers,
  decide(setting, input, found) {
    const { db, viewer, now, newId } = setting;
    if (wishesNothing(input)) throw invalid({ status: 'Say what to change.' });
    if (found.total === 0) throw new Refusal('conflict', 'Choose the tickets first.');
    if (found.total > MOST) throw new Refusal('conflict', 'These are more than ten thousand tickets. Choose fewer.');
    const id = newId('blk');
    const action = actionOf(viewer, input, found);
    const total = sql<number>`(select count(*) from bulk_items where run_id = ${id})`;
    return {
      statements: [
        db.insert(bulkRuns).values({ id, actorId: viewer.id!, action, back: input.back, createdAt: now }),
        chosen(setting, id, { ...input, at: input.at ?? now.getTime() }),
        db.update(bulkRuns).set({ total }).where(sql`id = ${id}`),
      ],
      events: [{ type: 'bulk.started', subject: id, data: { action, all: input.all } }],
      result: { id, total },
    };
  },
});

/** The statement that chooses the tickets of a run, in the order of their numbers. */
function chosen({ db, viewer }: Setting, id: string, selection: Selection): Writing {
  const text = dialect.sqlToQuery(sql`insert into bulk_items (run_id, place, ticket_id) select ${id}, row_number() over (order by number), id from ${selected(db, viewer, selection)} limit ${MOST}`);
  return { toSQL: () => text };
}

type Found = ReturnType<ReturnType<typeof bulkToStart>['read']>;

/** A wish with those it names, who have to be there. */
function actionOf(viewer: Viewer, wish: Wish, found: Found): Action {
  const { priority, assignee, group, addTags, removeTags } = wish;
  const left = statusOf(wish, found);
  if (assignee && assignee !== 'none' && found.assigneeId === null) throw invalid({ assignee: 'Choose someone from the list.' });
  if (group && ((group !== 'none' && found.groupId === null) || !isInScope(viewer, group === 'none' ? null : group))) throw invalid({ group: 'Choose a group from the list.' });
  return {
    ...left, ...(wish.says ? { says: sayingOf(viewer, found, left) } : {}), ...(priority ? { priority } : {}), ...(assignee ? { assigneeId: assignee === 'none' ? null : found.assigneeId } : {}), ...(group ? { groupId: group === 'none' ? null : found.groupId } : {}),
    addTags, removeTags,
  };
}

/** The status that is meant. What is said to a customer leaves a ticket in one that an answer can leave it in. */
function statusOf({ status, says }: Wish, { chosenCategory, macro }: Found): Pick<Action, 'status' | 'statusId'> {
  const isPublic = says !== undefined && macro?.visibility === 'public';
  if (!status) return {};
  const kind = status.startsWith('sts_') ? chosenCategory : (status as NonNullable<Action['status']>);
  if (kind === null || (isPublic && !answered.some((one) => one === kind))) throw invalid({ status: 'Choose a status from the list.' });
  return { status: kind, statusId: kind === status ? null : status };
}

/** The macro whose text is sent, as it is now. */
function sayingOf(viewer: Viewer, { macro, chosenWords }: Found, { status }: Pick<Action, 'status'>): Saying {
  if (!macro || Object.keys(macro.texts).length === 0) throw invalid({ says: 'This macro has no text to send.' });
  if (!can(viewer, macro.visibility === 'public' ? 'tickets.answer' : 'tickets.note')) throw new Refusal('forbidden', macro.visibility === 'public' ? 'Your role may not answer customers. Write a note.' : 'Your role may not write notes.');
  const becomes = status ? { status, own: chosenWords } : macro.visibility === 'public' ? { status: 'pending' as const, own: null } : null;
  return { macro: macro.id, name: macro.name, texts: macro.texts, visibility: macro.visibility, files: macro.attachments.map(({ id }) => id), becomes };
}
