import { constants, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { createClient } from '@libsql/client/web';
import { migrations } from '../../worker/database/migrate.ts';
import { openDatabase } from '../../worker/database/open.ts';
import * as forum from '../../worker/forum/queries.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { lately } from '../../worker/joins/records.ts';
import type { Query } from '../../worker/platform/query.ts';
import type { Asking } from '../../worker/platform/statement.ts';
import { NOTHING, type Viewer } from '../../worker/platform/viewer.ts';
import * as tickets from '../../worker/tickets/queries.ts';
import * as screen from '../../worker/tickets/screen.ts';
import { cast, stoa } from '../support/stoa.ts';
import { fill } from './fill.ts';

/** Everything that is remembered, of a topic and of tickets that have something of everything between them. */
export const remembered: Record<string, Query<unknown>[]> = {
  'forum/topicByNumber': [forum.topicByNumber(1003), forum.topicByNumber(1003, false)],
  'forum/postsOfTopic': [forum.postsOfTopic(1003, 1), forum.postsOfTopic(1003, 1, false), forum.postsOfTopic(1003, 1, false, { reports: false, attached: false, quotes: false })],
  'tickets/ticketAtDesk': [1048, 1050].map((number) => tickets.ticketAtDesk(number)),
  'tickets/messagesOfTicket': [1048, 1049, 1050].flatMap((number) => [tickets.messagesOfTicket(number), tickets.messagesOfTicket(number, false, false)]),
  'tickets/otherTicketsOfRequester': [screen.otherTicketsOfRequester(1048)],
  'tickets/topicsOfRequester': [screen.topicsOfRequester(1050)],
  'joins/lately': [lately(1048)],
  'history/historyOfTicket': [1048, 1050].flatMap((number) => [historyOfTicket(number), historyOfTicket(number, false)]),
};

/** Whoever asked the ticket that was merged in private. */
const ASKED = 'usr_0';

const viewers: Viewer[] = [
  cast.visitor, { ...cast.alice, hidden: NOTHING }, { ...cast.alice, id: ASKED, hidden: NOTHING }, { ...cast.visitor, guestOf: 1049 }, cast.mara, { ...cast.mara, scopes: { categories: ['cat_help'] } },
  cast.agnes, { ...cast.agnes, scopes: { groups: ['grp_1', 'grp_2'] }, locale: 'el' }, cast.lena,
];

export interface Remembered {
  name: string;
  whole: Asking;
  mark: Asking;
}

export const columnsOf = (here: DatabaseSync, table: string) => here.prepare(`select name, pk from pragma_table_info('${table}')`).all() as { name: string; pk: number }[];

/** A database in this process, as migrations leave it, whose every statement can be watched. */
export function migrated(): DatabaseSync {
  const here = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  for (const { statements } of migrations) for (const statement of statements) here.exec(statement);
  return here;
}

/** The same with the rows of a filled world. */
export async function copied(): Promise<DatabaseSync> {
  const { url } = await stoa();
  await fill(url, 0, 99);
  const client = createClient({ url });
  const here = migrated();
  const tables = here.prepare("select name from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite_%' and name <> 'migrations'").all() as { name: string }[];
  for (const { name } of tables) {
    const { rows } = await client.execute(`select * from "${name}"`);
    const columns = columnsOf(here, name).map((column) => column.name);
    here.exec(`delete from "${name}"`);
    const insert = here.prepare(`insert or replace into "${name}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => '?').join()})`);
    for (const row of rows) insert.run(...columns.map((column) => row[column] as SQLInputValue));
  }
  here.exec("insert or replace into marks (thing, mark) select name, '1' from (select id as name from topics union select id from tickets union select id from users union select id from accounts union select 'everybody' union select 'desk')");
  for (const more of MORE) here.exec(more);
  here.exec('pragma foreign_keys = on');
  return here;
}

/** What the world lacks of the topic and the tickets that are asked for. */
const MORE = [
  "insert or ignore into sides (id, ticket_id, subject, last_message_at, created_at) values ('sid_48', 'tkt_48', 'A part', 1, 1)",
  "insert or ignore into side_members (id, side_id, email, name, key_hash, locale, created_at) values ('sme_48', 'sid_48', 'usr_0', 'usr_5', 'usr_4', 'cat_help', 1)",
  "insert or ignore into side_messages (id, side_id, author_id, body, created_at) values ('msg_48', 'sid_48', 'sme_48', 'Yes.', 1)",
  "insert or ignore into outbox (id, type, subject, revision, data, created_at) values ('evt_side', 'side.written', 'tkt_48', 9001, '{\"message\":\"msg_48\"}', 1)",
  "insert or ignore into handovers (topic_id, ticket_id, post_id, kind, created_at) values ('top_3', 'tkt_48', 'pst_3', 'taken', 1)",
  "insert or ignore into moved_posts (number, place, post_id, move) values (1003, 9, 'pst_4', 'x')",
  "insert or ignore into topic_timers (topic_id, kind, due_at, by_id) values ('top_3', 'close', 1, 'usr_mara')",
  "insert or ignore into whispers (id, topic_id, place, author_id, body, created_at) values ('wsp_3', 'top_3', 1, 'usr_lena', 'Psst', 1)",
  "insert or ignore into whispers (id, topic_id, place, author_id, body, created_at) values ('wsp_4', 'top_4', 1, 'usr_lena', 'Psst', 1)",
  "insert or ignore into handovers (topic_id, ticket_id, post_id, kind, created_at) values ('top_4', 'tkt_51', 'pst_4', 'taken', 1)",
  "insert or ignore into assignments (topic_id, user_id, assigned_at) values ('top_3', 'usr_agnes', 1)",
  "insert or ignore into posts (id, topic_id, number, author_id, body, created_at) values ('pst_q', 'top_3', 2, 'usr_1', 'Quotes.', 1)",
  "insert or ignore into post_quotes (source_id, post_id) values ('pst_3', 'pst_q'), ('pst_4', 'pst_q')",
  "insert or ignore into ideas (id, number, author_id, title, body, created_at) values ('ide_m', 90001, 'usr_5', 'An idea', 'Words', 1)",
  "insert or ignore into topics (id, number, slug, title, kind, category_id, author_id, posts_count, last_post_at, last_author_id, created_at) values ('top_m', 90001, 's', 'T', 'question', 'cat_help', 'usr_5', 1, 4102444800000, 'usr_5', 4102444800000)",
  "insert or ignore into outbox (id, type, subject, revision, actor_id, data, created_at) values ('evt_m1', 'ticket.opened', 'tkt_48', 1, 'usr_4', '{}', 1), ('evt_m2', 'ticket.filled', 'tkt_50', 1, 'usr_agnes', '{}', 1)",
  `update ticket_words set beside = '{"documents":["1"],"tickets":[1003],"macros":["mac_1"]}' where ticket_id = 'tkt_50'`,
  "update accounts set health = '{}' where id in ('acc_0', 'acc_1')",
  "insert or replace into settings (key, value) values ('undo_seconds', '7')",
  "insert into survey_answers (id, kind, user_id, score, ticket_id, created_at) values ('sva_m', 'csat', 'usr_5', 3, 'tkt_50', 1)",
  "update ticket_forms set is_active = 0 where id <> 'frm_1'",
  "update tickets set form_id = null where id in ('tkt_48', 'tkt_50')",
  "delete from ticket_values where ticket_id = 'tkt_48' or (ticket_id = 'tkt_50' and field_id <> 'fld_1')",
  "delete from ticket_links where from_id = 'tkt_54'",
  `update tickets set requester_id = '${ASKED}', account_id = 'acc_0' where id = 'tkt_49'`,
  "update ticket_messages set audience_id = 'tkt_49' where id = 'msg_49'",
  "delete from ticket_people where ticket_id = 'tkt_48'",
  `update categories set reply = '["group:grp_1"]' where id = 'cat_help'`,
  "insert or ignore into group_members (group_id, user_id) values ('grp_1', 'usr_lena')",
];

/** Their questions, each once, however many ask alike. */
export function asked(): Remembered[] {
  const db = openDatabase({ url: 'http://nowhere.test' });
  const all = new Map<string, Remembered>();
  for (const [name, asking] of Object.entries(remembered)) {
    for (const query of asking) {
      for (const viewer of viewers) {
        // What is asked for once is not kept.
        query.asking(db, viewer);
        const [whole, mark] = [query.asking(db, viewer), query.marking!(db, viewer)];
        if (whole && mark) all.set(`${whole.sql} ${JSON.stringify(whole.args)}`, { name, whole, mark });
      }
    }
  }
  return [...all.values()];
}

/** `table column` for each column that a statement reads, `table ` where it is only whether there are rows, and the functions that it calls. */
export function readBy(here: DatabaseSync, sql: string): { columns: Set<string>; functions: Set<string> } {
  const [columns, functions] = [new Set<string>(), new Set<string>()];
  here.setAuthorizer((action, table, column) => {
    if (action === constants.SQLITE_READ && table) columns.add(`${table} ${column ?? ''}`);
    if (action === constants.SQLITE_FUNCTION && column) functions.add(column);
    return constants.SQLITE_OK;
  });
  here.prepare(sql);
  here.setAuthorizer(null);
  return { columns, functions };
}

/** Rows as lists: several columns have one name. */
export function inRows(here: DatabaseSync, sql: string): StatementSync {
  const statement = here.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

export const rowsOf = (statement: StatementSync, { args }: Asking) => JSON.stringify(statement.all(...(args as SQLInputValue[])));
