import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrated } from './marked.ts';

const DAY = 86_400_000;

/** Puts in a row that says no more than it has to. */
function put(here: DatabaseSync, table: string, said: Record<string, string | number | null>): void {
  const columns = here.prepare(`select name, type, "notnull" as needed, dflt_value as otherwise from pragma_table_info('${table}')`).all() as { name: string; type: string; needed: number; otherwise: string | null }[];
  const row = { ...Object.fromEntries(columns.filter(({ needed, otherwise }) => needed && otherwise === null).map(({ name, type }) => [name, /int/i.test(type) ? Math.floor(Math.random() * 1e9) : `${name} ${Math.random()}`])), ...said };
  here.prepare(`insert into ${table} (${Object.keys(row).join()}) values (${Object.keys(row).map(() => '?').join()})`).run(...Object.values(row));
}

/** What is there before: two topics, two tickets far apart in time, and who asked them. */
function world(): DatabaseSync {
  const here = migrated();
  here.exec('pragma foreign_keys = off');
  for (const id of ['usr_a', 'usr_b']) put(here, 'users', { id, handle: id, email: `${id}@stoa.test` });
  for (const [i, id] of ['top_a', 'top_b'].entries()) put(here, 'topics', { id, number: i + 1, author_id: 'usr_x' });
  for (const [i, id] of ['tkt_a', 'tkt_b'].entries()) put(here, 'tickets', { id, number: i + 1, requester_id: i ? 'usr_b' : 'usr_a', account_id: id, created_at: (i + 1) * 100 * DAY });
  for (const id of ['a', 'b']) put(here, 'ticket_messages', { id: `msg_${id}`, ticket_id: `tkt_${id}`, visibility: 'public' });
  return here;
}

/** What each trigger is there for: what is put in, what of it is changed afterwards, if anything, and whose bit that sets. */
const cases: [trigger: string, table: string, row: Record<string, string | number | null>, change: string | undefined, owner: string, id: string, bit: number][] = [];
const owned = (kind: 'topic' | 'ticket', table: string, column: string, bit: number, more: Record<string, string | number | null> = {}) => {
  const [owner, prefix] = kind === 'topic' ? ['topics', 'top'] : ['marks', 'tkt'];
  cases.push([`parts_${kind}_${table}`, table, { ...more, [column]: `${prefix}_b` }, undefined, owner, `${prefix}_b`, bit]);
  cases.push([`parts_${kind}_${table}_of_another`, table, { ...more, [column]: `${prefix}_a` }, `update ${table} set ${column} = '${prefix}_b'`, owner, `${prefix}_b`, bit]);
};

owned('topic', 'handovers', 'topic_id', 1, { kind: 'taken' });
owned('topic', 'topic_timers', 'topic_id', 4, { kind: 'close' });
owned('topic', 'whispers', 'topic_id', 8);
owned('topic', 'assignments', 'topic_id', 16, { user_id: 'usr_a' });
owned('ticket', 'handovers', 'ticket_id', 2, { kind: 'taken' });
owned('ticket', 'ticket_links', 'from_id', 4, { kind: 'related' });
owned('ticket', 'ticket_links', 'to_id', 4, { kind: 'related' });
owned('ticket', 'ticket_trackers', 'ticket_id', 8);
owned('ticket', 'survey_answers', 'ticket_id', 16, { kind: 'csat' });
owned('ticket', 'held_replies', 'ticket_id', 32);
owned('ticket', 'drafts', 'place', 64);
owned('ticket', 'ticket_people', 'ticket_id', 128, { role: 'cc' });
owned('ticket', 'ticket_values', 'ticket_id', 512);
const near = { id: 'tkt_n', number: 9, requester_id: 'usr_c', account_id: 'acc_c', created_at: 0 };
cases.push(
  ['parts_topic_moved_posts', 'moved_posts', { number: 2 }, undefined, 'topics', 'top_b', 2],
  ['parts_topic_moved_posts_of_another', 'moved_posts', { number: 1 }, 'update moved_posts set number = 2', 'topics', 'top_b', 2],
  ['parts_ticket_come_merged', 'tickets', { id: 'tkt_m', merged_into: 'tkt_b' }, undefined, 'marks', 'tkt_b', 1],
  ['parts_ticket_merged', 'users', {}, "update tickets set merged_into = 'tkt_b' where id = 'tkt_a'", 'marks', 'tkt_b', 1],
  ['parts_ticket_names', 'outbox', { type: 'side.written', subject: 'tkt_b' }, undefined, 'marks', 'tkt_b', 256],
  ['parts_ticket_names', 'outbox', { type: 'ticket.unsent', subject: 'tkt_b' }, undefined, 'marks', 'tkt_b', 256],
  ['parts_ticket_names', 'outbox', { type: 'ticket.filled', subject: 'tkt_b' }, undefined, 'marks', 'tkt_b', 256],
  ['parts_ticket_near', 'tickets', { ...near, requester_id: 'usr_b', created_at: 206 * DAY }, undefined, 'marks', 'tkt_b', 1024],
  ['parts_ticket_near', 'tickets', { ...near, requester_id: 'usr_b', created_at: 194 * DAY }, undefined, 'marks', 'tkt_b', 1024],
  ['parts_ticket_near', 'tickets', { ...near, account_id: 'tkt_b', created_at: 206 * DAY }, undefined, 'marks', 'tkt_b', 1024],
  ['parts_ticket_near', 'tickets', { ...near, account_id: 'tkt_b', created_at: 194 * DAY }, undefined, 'marks', 'tkt_b', 1024],
  ['parts_ticket_near', 'tickets', { ...near, requester_id: 'usr_b', created_at: 206 * DAY }, undefined, 'marks', 'tkt_n', 1024],
  ['parts_ticket_near', 'tickets', { ...near, account_id: 'tkt_b', created_at: 194 * DAY }, undefined, 'marks', 'tkt_n', 1024],
  ['parts_ticket_near_another', 'tickets', { ...near, created_at: 200 * DAY }, "update tickets set requester_id = 'usr_b' where id = 'tkt_n'", 'marks', 'tkt_b', 1024],
  ['parts_ticket_near_another', 'tickets', { ...near, created_at: 200 * DAY }, "update tickets set account_id = 'tkt_b' where id = 'tkt_n'", 'marks', 'tkt_n', 1024],
  ['parts_ticket_near_another', 'tickets', { ...near, requester_id: 'usr_b' }, `update tickets set created_at = ${200 * DAY} where id = 'tkt_n'`, 'marks', 'tkt_b', 1024],
  ['parts_ticket_words', 'ticket_words', { ticket_id: 'tkt_b', beside: '{"documents":[1]}' }, undefined, 'marks', 'tkt_b', 2048],
  ['parts_ticket_words', 'ticket_words', { ticket_id: 'tkt_b', beside: '{"tickets":[1]}' }, undefined, 'marks', 'tkt_b', 4096],
  ['parts_ticket_words', 'ticket_words', { ticket_id: 'tkt_b', beside: '{"macros":[1]}' }, undefined, 'marks', 'tkt_b', 8192],
  ['parts_ticket_words_of_another', 'ticket_words', { ticket_id: 'tkt_a', beside: '{"macros":[1]}' }, "update ticket_words set ticket_id = 'tkt_b'", 'marks', 'tkt_b', 8192],
  ['parts_ticket_words_of_another', 'ticket_words', { ticket_id: 'tkt_b' }, `update ticket_words set beside = '{"documents":[1]}'`, 'marks', 'tkt_b', 2048],
  ['parts_ticket_files', 'attachments', { message_id: 'msg_b' }, undefined, 'marks', 'tkt_b', 16384],
  ['parts_ticket_files_of_another', 'attachments', { message_id: 'msg_x' }, "update attachments set message_id = 'msg_b'", 'marks', 'tkt_b', 16384],
  ['parts_ticket_messages_of_another', 'attachments', { message_id: 'msg_a' }, "update ticket_messages set ticket_id = 'tkt_b' where id = 'msg_a'", 'marks', 'tkt_b', 16384],
  ['parts_asker_topics', 'topics', { id: 'top_n', author_id: 'usr_b' }, undefined, 'users', 'usr_b', 256],
  ['parts_asker_topics_of_another', 'users', {}, "update topics set author_id = 'usr_b' where id = 'top_b'", 'users', 'usr_b', 256],
  ['parts_asker_ideas', 'ideas', { author_id: 'usr_b' }, undefined, 'users', 'usr_b', 512],
  ['parts_asker_ideas_of_another', 'ideas', { author_id: 'usr_a' }, "update ideas set author_id = 'usr_b'", 'users', 'usr_b', 512],
  ['parts_asker_answers', 'survey_answers', { kind: 'nps', user_id: 'usr_b' }, undefined, 'users', 'usr_b', 512],
  ['parts_asker_answers_of_another', 'survey_answers', { kind: 'nps', user_id: 'usr_a' }, "update survey_answers set user_id = 'usr_b'", 'users', 'usr_b', 512],
  ['parts_asker_answers_of_another', 'survey_answers', { kind: 'nps', user_id: 'usr_b', ticket_id: 'tkt_a' }, 'update survey_answers set ticket_id = null', 'users', 'usr_b', 512],
);

const here = world();

test.each(cases)('%s: %s %j, %s', (trigger, table, row, change, owner, id, bit) => {
  const isSet = (without: boolean) => {
    here.exec('savepoint one');
    if (without) here.exec(`drop trigger ${trigger}`);
    const bits = () => (here.prepare(`select parts & ${bit} as bit from ${owner} where ${owner === 'marks' ? 'thing' : 'id'} = ?`).get(id)?.['bit'] ?? 0) !== 0;
    const before = bits();
    put(here, table, row);
    const first = bits();
    if (change) here.exec(change);
    const found = { before, first, after: bits() };
    here.exec('rollback to one; release one');
    return found;
  };
  expect(isSet(false)).toEqual({ before: false, first: change === undefined, after: true });
  expect(isSet(true).after).toBe(false);
});

test('every trigger of parts has a case', () => {
  const all = migrated().prepare("select name from sqlite_master where type = 'trigger' and name like 'parts\\_%' escape '\\' and (name like '%\\_topic\\_%' escape '\\' or name like '%\\_ticket\\_%' escape '\\' or name like '%\\_asker\\_%' escape '\\')").all() as { name: string }[];
  expect([...new Set(cases.map(([trigger]) => trigger))].sort()).toEqual(all.map(({ name }) => name).sort());
});
