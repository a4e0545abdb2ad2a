import type { Writing } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';
import { answersGone } from './answers.ts';

/** What customers said is found where it is now: `which` are conditions on messages `m` and their ticket `t`. */
export const refound = (which: string, params: unknown[]): Writing =>
  raw(`update feedback set (number, place) = (select t.number, m.number from ticket_messages m join tickets t on t.id = m.ticket_id where m.id = feedback.source_id) where source = 'message' and source_id in (${which})`, params);

const listed = (ids: string[]) => JSON.stringify(ids);
const OF = 'in (select value from json_each(?))';

interface Joining {
  id: string;
  sourceId: string;
  isPrivate: boolean;
}

/**
 * The statements that make tickets part of another, once their merges are written: messages move to its end in the order of time, keep their origin, and are
 * read by whoever read them, and, but for private merges, by its customers. Every number leads there.
 */
export function moving(merges: Joining[], target: string, at: Date): Writing[] {
  const [all, sources, open] = [listed(merges.map(({ id }) => id)), listed(merges.map(({ sourceId }) => sourceId)), listed(merges.filter(({ isPrivate }) => !isPrivate).map(({ sourceId }) => sourceId))];
  const those = `select message_id from merged_messages where merge_id ${OF}`;
  return [
    raw(
      `insert into merged_messages (merge_id, message_id, number, placed)
        select g.id, m.id, m.number, (select coalesce(max(number), 0) from ticket_messages where ticket_id = ?) + row_number() over (order by m.created_at, m.id)
        from ticket_merges g join ticket_messages m on m.ticket_id = g.source_id where g.id ${OF}`,
      [target, all],
    ),
    raw(
      `update ticket_messages set audience_id = (select case when g.is_private then g.source_id end from ticket_merges g where g.source_id = ticket_messages.ticket_id), ticket_id = ?,
        number = (select placed from merged_messages r where r.message_id = ticket_messages.id and r.merge_id ${OF}) where id in (${those})`,
      [target, all, all],
    ),
    raw(`update tickets set merged_into = ? where merged_into ${OF}`, [target, sources]),
    raw(`update tickets set shown_in = ? where shown_in ${OF}`, [target, open]),
    raw(`update tickets set merged_into = ?, shown_in = case when id ${OF} then ? end, status = 'closed', waiting_since = null, updated_at = ? where id ${OF}`, [target, open, target, at.getTime(), sources]),
    raw(`insert into ticket_participants (ticket_id, user_id, merge_id) select ?, p.user_id, g.id from ticket_merges g join ticket_participants p on p.ticket_id = g.source_id where g.id ${OF} on conflict do nothing`, [target, all]),
    refound(those, [all]),
    raw(`update feedback set number = (select number from tickets where id = ?) where source = 'ticket' and source_id in (select id from tickets where merged_into = ?)`, [target, target]),
  ];
}

/** The statement that lets the requester of a merge's source into its target, unless it is their own. */
export const letIn = (mergeIds: string[]): Writing =>
  raw(`insert into ticket_participants (ticket_id, user_id, merge_id) select t.id, s.requester_id, g.id from ticket_merges g join tickets s on s.id = g.source_id join tickets t on t.id = g.target_id where g.id ${OF} and s.requester_id <> t.requester_id on conflict do nothing`, [listed(mergeIds)]);

/** The statement that brings along who is copied on the sources of merges, unless that is private, and the staff who watch them. */
export const peopleOf = (mergeIds: string[]): Writing =>
  raw(
    `insert into ticket_people (ticket_id, user_id, role, address, added_at, merge_id)
      select g.target_id, p.user_id, p.role, p.address, p.added_at, g.id from ticket_merges g join tickets t on t.id = g.target_id join ticket_people p on p.ticket_id = g.source_id
      where g.id ${OF} and (p.role = 'watcher' or g.is_private = 0) and p.user_id <> t.requester_id order by g.id on conflict do nothing`,
    [listed(mergeIds)],
  );

/** The statements that let those go whom a merge brought, but for those whom another of the same ticket brings too. */
const peopleGone = (id: string): Writing[] => [
  raw(
    `update ticket_people set merge_id = coalesce((select g.id from ticket_merges g join ticket_people p on p.ticket_id = g.source_id where g.target_id = ticket_people.ticket_id and g.id <> ?1 and p.user_id = ticket_people.user_id and p.role = ticket_people.role
      and (p.role = 'watcher' or g.is_private = 0) order by g.id limit 1), merge_id) where merge_id = ?1`,
    [id],
  ),
  raw('delete from ticket_people where merge_id = ?', [id]),
];

/** The tickets that are part of another directly or through others, as `under`. */
const under = (open: string) => `with recursive under (id) as (select ? union select g.source_id from under join ticket_merges g on g.target_id = under.id${open})`;

/** The statements that undo a merge but for the fields of its tickets: its messages go back to their places, `picked` ones follow them. */
export function returning(merge: { id: string; sourceId: string; targetId: string }, picked: string[]): Writing[] {
  const those = 'select message_id from merged_messages where merge_id = ?';
  const chosen = listed(picked);
  const back = raw(`update ticket_messages set ticket_id = ?, audience_id = null, number = (select r.number from merged_messages r where r.message_id = ticket_messages.id and r.merge_id = ?) where id in (${those})`, [merge.sourceId, merge.id, merge.id]);
  const follow = raw(
    `update ticket_messages set ticket_id = ?, number = (select coalesce(max(number), 0) from ticket_messages where ticket_id = ?) + ticket_messages.number where ticket_id = ? and id ${OF}`,
    [merge.sourceId, merge.sourceId, merge.targetId, chosen],
  );
  return [
    back,
    ...(picked.length > 0 ? [follow, refound(`select value from json_each(?)`, [chosen])] : []),
    refound(those, [merge.id]),
    raw(`${under('')} update tickets set merged_into = ? where id in (select id from under) and id <> ?`, [merge.sourceId, merge.sourceId, merge.sourceId]),
    raw(`${under(' and g.is_private = 0')} update tickets set shown_in = ? where id in (select id from under) and id <> ?`, [merge.sourceId, merge.sourceId, merge.sourceId]),
    raw(`${under('')} update feedback set number = (select number from tickets where id = ?) where source = 'ticket' and source_id in (select id from under)`, [merge.sourceId, merge.sourceId]),
    ...peopleGone(merge.id),
    ...answersGone(merge.id, merge.targetId),
    raw('delete from ticket_participants where merge_id = ?', [merge.id]),
    raw('delete from merged_messages where merge_id = ?', [merge.id]),
    raw('delete from ticket_merges where id = ?', [merge.id]),
  ];
}
