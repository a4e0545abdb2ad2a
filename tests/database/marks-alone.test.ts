import { expect, test } from 'vitest';
import { asked, copied, inRows, rowsOf } from './marked.ts';

const NAMED = (id: string) => `insert into outbox (id, type, subject, revision, actor_id, data, created_at) values ('evt_named', 'ticket.filled', 'tkt_50', 99, 'usr_agnes', '{"one":"${id}"}', 1)`;
const [GROUP, FORM] = ["insert into groups (id, name, created_at) values ('grp_m', 'Night shift', 1)", "insert into ticket_forms (id, name_en, is_active, created_at) values ('frm_m', 'Colours', 0, 1)"];

/** Changes that one trigger alone tells of: what is there before, and what is remembered that is another then. */
const alone: Record<string, { before: string[]; change: string; of: string }> = {
  marks_moved_ticket: { before: ["update tickets set requester_id = (select requester_id from tickets where id = 'tkt_48'), account_id = (select account_id from tickets where id = 'tkt_48') where id = 'tkt_47'"], change: "update tickets set requester_id = 'usr_mara', account_id = null where id = 'tkt_47'", of: 'tickets/otherTicketsOfRequester' },
  marks_changed_plan: { before: [`update categories set reply = '["plan:gold"]' where id = 'cat_help'`], change: "update accounts set plan = 'gold' where id = 'acc_acme'", of: 'forum/topicByNumber' },
  marks_lost_account: { before: [`update categories set reply = '["plan:gold"]' where id = 'cat_help'`, "insert into accounts (id, name, plan, created_at) values ('acc_m', 'Marble', 'gold', 1)", NAMED('acc_m')], change: "delete from accounts where id = 'acc_m'", of: 'history/historyOfTicket' },
  marks_lost_person: { before: ["insert into users (id, email, name, handle, created_at) values ('usr_m', 'm@far.test', 'M', 'm', 1)", NAMED('usr_m')], change: "delete from users where id = 'usr_m'", of: 'history/historyOfTicket' },
  marks_new_group: { before: [NAMED('grp_m')], change: GROUP, of: 'history/historyOfTicket' },
  marks_lost_group: { before: [GROUP, NAMED('grp_m')], change: "delete from groups where id = 'grp_m'", of: 'history/historyOfTicket' },
  marks_new_form: { before: [NAMED('frm_m')], change: FORM, of: 'history/historyOfTicket' },
  marks_lost_form: { before: [FORM, NAMED('frm_m')], change: "delete from ticket_forms where id = 'frm_m'", of: 'history/historyOfTicket' },
};

test('what one trigger alone tells of is told by it, and would be by no other', async () => {
  const here = await copied();
  const known = asked().map((one) => ({ ...one, ask: inRows(here, one.whole.sql), askMark: inRows(here, one.mark.sql) }));
  /** How many answers of this name are others after the change, and how many of those have the mark that they had. */
  const changed = ({ before, change, of }: (typeof alone)[string], without?: string) => {
    here.exec('begin');
    if (without) here.exec(`drop trigger ${without}`);
    for (const statement of before) here.exec(statement);
    const touched = known.filter(({ name }) => name === of);
    const was = touched.map((one) => [rowsOf(one.ask, one.whole), rowsOf(one.askMark, one.mark)]);
    here.exec(change);
    const others = touched.flatMap((one, i) => (rowsOf(one.ask, one.whole) === was[i]![0] ? [] : [rowsOf(one.askMark, one.mark) === was[i]![1]]));
    here.exec('rollback');
    return { others: others.length, silent: others.filter(Boolean).length };
  };
  for (const [trigger, one] of Object.entries(alone)) {
    const [told, untold] = [changed(one), changed(one, trigger)];
    expect([trigger, told.others > 0, told.silent, untold.silent > 0]).toEqual([trigger, true, 0, true]);
  }
});
