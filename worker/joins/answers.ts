import type { Writing } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';

/** Merges `which` bring answers, unless they are private: of each question that ticket `v` answers the first of them. */
const first = (which: string) =>
  `g.is_private = 0 and g.id = (select min(h.id) from ticket_merges h join ticket_values w on w.ticket_id = h.source_id where ${which} and h.is_private = 0 and w.field_id = v.field_id)`;

/** Whether the question of `v` fits the ticket that it would come to: the answer that it waits for is there, or comes along. */
const fits = `not exists (select 1 from tickets s join form_fields ff on ff.form_id = s.form_id and ff.field_id = v.field_id where s.id = g.target_id and ff.when_field is not null and not exists (
  select 1 from ticket_values c where c.field_id = ff.when_field and c.value = ff.when_value
    and c.ticket_id = case when exists (select 1 from ticket_values d where d.ticket_id = g.target_id and d.field_id = ff.when_field) then g.target_id else g.source_id end))`;

/** The statement that gives tickets the answers of those that merges made part of them, to questions that they did not answer themselves. */
export const answersBrought = (mergeIds: string[]): Writing => {
  const these = 'in (select value from json_each(?1))';
  return raw(
    `insert into ticket_values (ticket_id, field_id, place, value, merge_id)
      select g.target_id, v.field_id, v.place, v.value, g.id from ticket_merges g join ticket_values v on v.ticket_id = g.source_id
      where g.id ${these} and not exists (select 1 from ticket_values t where t.ticket_id = g.target_id and t.field_id = v.field_id) and ${fits} and ${first(`h.id ${these}`)}`,
    [JSON.stringify(mergeIds)],
  );
};

/** Beyond every place that an answer has: where those wait that take the place of others. */
const AFTER = 1_000_000;

/** The statements that take back what a merge brought; another merge of the same ticket answers instead, where it can. */
export const answersGone = (mergeId: string, targetId: string): Writing[] => [
  raw(
    `insert into ticket_values (ticket_id, field_id, place, value, merge_id)
      select g.target_id, v.field_id, v.place + ${AFTER}, v.value, g.id from ticket_merges g join ticket_values v on v.ticket_id = g.source_id
      where g.target_id = ?2 and g.id <> ?1 and v.field_id in (select field_id from ticket_values where merge_id = ?1) and ${fits} and ${first('h.target_id = ?2 and h.id <> ?1')}`,
    [mergeId, targetId],
  ),
  raw('delete from ticket_values where merge_id = ?', [mergeId]),
  raw(`update ticket_values set place = place - ${AFTER} where ticket_id = ? and place >= ${AFTER}`, [targetId]),
];
