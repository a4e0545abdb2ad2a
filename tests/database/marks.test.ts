import { constants, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { createClient } from '@libsql/client/web';
import { expect, test } from 'vitest';
import { migrations } from '../../worker/database/migrate.ts';
import { openDatabase } from '../../worker/database/open.ts';
import * as forum from '../../worker/forum/queries.ts';
import { partsOfTopic } from '../../worker/forum/screen.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { lately } from '../../worker/joins/records.ts';
import type { Query } from '../../worker/platform/query.ts';
import type { Asking } from '../../worker/platform/statement.ts';
import { NOTHING, type Viewer } from '../../worker/platform/viewer.ts';
import * as tickets from '../../worker/tickets/queries.ts';
import * as screen from '../../worker/tickets/screen.ts';
import { cast, stoa } from '../support/stoa.ts';
import { queries } from './asked.ts';
import { fill } from './fill.ts';

/** Everything that is remembered, of a topic and of tickets that have something of everything between them. */
const remembered: Record<string, Query<unknown>[]> = {
  'forum/topicByNumber': [forum.topicByNumber(1003), forum.topicByNumber(1003, false)],
  'forum/partsOfTopic': [partsOfTopic(1003)],
  'forum/postsOfTopic': [forum.postsOfTopic(1003, 1), forum.postsOfTopic(1003, 1, false)],
  'tickets/ticketAtDesk': [1048, 1050].map((number) => tickets.ticketAtDesk(number)),
  'tickets/messagesOfTicket': [1048, 1049, 1050].flatMap((number) => [tickets.messagesOfTicket(number), tickets.messagesOfTicket(number, false)]),
  'tickets/otherTicketsOfRequester': [screen.otherTicketsOfRequester(1048)],
  'tickets/topicsOfRequester': [screen.topicsOfRequester(1050)],
  'tickets/partsOfTicket': [1048, 1050].map((number) => screen.partsOfTicket(number)),
  'joins/lately': [lately(1048)],
  'history/historyOfTicket': [1048, 1050].flatMap((number) => [historyOfTicket(number), historyOfTicket(number, false)]),
};

/** Whoever asked the ticket that was merged in private. */
const ASKED = 'usr_0';

const viewers: Viewer[] = [
  cast.visitor, { ...cast.alice, hidden: NOTHING }, { ...cast.alice, id: ASKED, hidden: NOTHING }, { ...cast.visitor, guestOf: 1049 }, cast.mara, { ...cast.mara, scopes: { categories: ['cat_help'] } },
  cast.agnes, { ...cast.agnes, scopes: { groups: ['grp_1', 'grp_2'] }, locale: 'el' }, cast.lena,
];

interface Remembered {
  name: string;
  whole: Asking;
  mark: Asking;
}

const columnsOf = (here: DatabaseSync, table: string) => here.prepare(`select name, pk from pragma_table_info('${table}')`).all() as { name: string; pk: number }[];

/** A database in this process, with the rows of a filled world, whose every statement can be watched. */
async function copied(): Promise<DatabaseSync> {
  const { url } = await stoa();
  await fill(url, 0, 99);
  const client = createClient({ url });
  const here = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  for (const { statements } of migrations) for (const statement of statements) here.exec(statement);
  const tables = here.prepare("select name from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite_%' and name <> 'migrations'").all() as { name: string }[];
  for (const { name } of tables) {
    const { rows } = await client.execute(`select * from "${name}"`);
    const columns = columnsOf(here, name).map((column) => column.name);
    here.exec(`delete from "${name}"`);
    const insert = here.prepare(`insert or replace into "${name}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => '?').join()})`);
    for (const row of rows) insert.run(...columns.map((column) => row[column] as SQLInputValue));
  }
  here.exec("insert or replace into marks select name, '1' from (select id as name from topics union select id from tickets union select id from users union select id from accounts union select 'everybody' union select 'desk')");
  for (const more of MORE) here.exec(more);
  here.exec('pragma foreign_keys = on');
  return here;
}

/** What the world lacks of the topic and the tickets that are asked for. */
const MORE = [
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
function asked(): Remembered[] {
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
function readBy(here: DatabaseSync, sql: string): { columns: Set<string>; functions: Set<string> } {
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
function inRows(here: DatabaseSync, sql: string): StatementSync {
  const statement = here.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}

const rowsOf = (statement: StatementSync, { args }: Asking) => JSON.stringify(statement.all(...(args as SQLInputValue[])));

test('everything that is remembered is looked at here, and asks nothing of the time of day or of chance', async () => {
  expect(Object.entries(queries).filter(([, all]) => all.some((query) => query.marking)).map(([name]) => name).sort()).toEqual(Object.keys(remembered).sort());
  const here = await copied();
  for (const { name, whole } of asked()) expect([name, [...readBy(here, whole.sql).functions].filter((one) => /unixepoch|date|time|julianday|strftime|random/.test(one))]).toEqual([name, []]);
});

/** Rows of one table that are changed. */
const MOST = 8;

/** Rows that are of the topic and the tickets that are asked for, or of what all have. */
const NEAR = /^(top_[3m]|pst_[3q]|tkt_4[789]|tkt_50|usr_[045]|usr_agnes|usr_lena|acc_0|cat_help|grp_1|sts_1|frm_1|mac_1|msg_(4[89]|50)|1003|104[789]|1050|undo_seconds)$/;

/** Columns that say what a row belongs to. */
const LEADS = /_id$|^place$/;

/** Of a table, those rows that have most to do with them. */
function nearest(rows: Record<string, SQLInputValue>[]) {
  const near = new Map(rows.map((row) => [row, Object.values(row).filter((value) => NEAR.test(String(value))).length]));
  return rows.filter((row) => near.get(row)! > 0).sort((a, b) => near.get(b)! - near.get(a)!).slice(0, MOST);
}

/** One table of the copy: the columns that are read of it, and how one of its rows is found. */
function tableOf(here: DatabaseSync, name: string) {
  const columns = columnsOf(here, name);
  const key = columns.filter(({ pk }) => pk > 0).map((column) => column.name);
  const rows = here.prepare(`select * from "${name}"`).all() as Record<string, SQLInputValue>[];
  return { name, columns: columns.map((column) => column.name), at: key.map((column) => `"${column}" = ?`).join(' and '), keyOf: (row: Record<string, SQLInputValue>) => key.map((column) => row[column]!), all: rows, near: nearest(rows) };
}

/** What a cell could say instead. */
function otherwise(column: string, value: SQLInputValue, all: Record<string, SQLInputValue>[]): SQLInputValue[] {
  const others = [...new Set(all.map((row) => row[column]!))].filter((other) => other !== value).slice(0, 2);
  return [...others, typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : 'x', ...(value === null ? [1] : [null]), ...(column === 'data' ? ['{"erased":true}'] : [])];
}

/** One more such row. */
const another = (row: Record<string, SQLInputValue>) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column === 'id' ? `${value}x` : column === 'revision' || column === 'number' ? Number(value) + 500 : value]));

test('whatever is changed, put in or taken out: where it changes what is remembered, the mark is another', { timeout: 120_000 }, async () => {
  const here = await copied();
  /** Without a mark nothing is kept. */
  const known = asked().map((one) => ({ ...one, reads: readBy(here, one.whole.sql).columns, ask: inRows(here, one.whole.sql), askMark: inRows(here, one.mark.sql) })).filter(({ askMark, mark }) => /\["/.test(rowsOf(askMark, mark)));
  expect(Object.keys(remembered).filter((name) => !known.some((one) => one.name === name && rowsOf(one.ask, one.whole) !== '[]'))).toEqual([]);
  const names = [...new Set(known.flatMap(({ reads }) => [...reads].map((column) => column.split(' ')[0]!)))];
  const tables = names.filter((name) => here.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name)).map((name) => tableOf(here, name));
  const told = new Set<string>();
  const silent = new Set<string>();
  const compare = (what: string, touched: typeof known, change: () => void, before = () => {}) => {
    here.exec('begin');
    try {
      before();
      const was = touched.map((one) => [rowsOf(one.ask, one.whole), rowsOf(one.askMark, one.mark)]);
      change();
      touched.forEach((one, i) => {
        if (rowsOf(one.ask, one.whole) === was[i]![0]) return;
        if (rowsOf(one.askMark, one.mark) === was[i]![1]) silent.add(`${what}: ${one.name}`);
        else told.add(what.split(' ')[0]!);
      });
    } catch {
      // What the database refuses nobody can do.
    } finally {
      if (here.isTransaction) here.exec('rollback');
    }
  };
  for (const { name, columns, at, keyOf, all, near } of tables) {
    const ofTable = known.filter(({ reads }) => ['', ...columns].some((column) => reads.has(`${name} ${column}`)));
    for (const row of near) {
      const remove = () => void here.prepare(`delete from "${name}" where ${at}`).run(...keyOf(row));
      const insert = (one: typeof row) => void here.prepare(`insert into "${name}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => '?').join()})`).run(...columns.map((column) => one[column]!));
      const leave = () => void here.prepare(`delete from "${name}" where not (${at})`).run(...keyOf(row));
      compare(`${name} taken out`, ofTable, remove);
      compare(`${name} put in`, ofTable, () => insert(row), remove);
      compare(`${name} put in beside`, ofTable, () => insert(another(row)));
      compare(`${name} put in as the first`, ofTable, () => insert(row), () => here.exec(`delete from "${name}"`));
      compare(`${name} taken out as the last`, ofTable, remove, leave);
      for (const column of columns) {
        const touched = ofTable.filter(({ reads }) => reads.has(`${name} ${column}`));
        if (touched.length === 0) continue;
        for (const value of otherwise(column, row[column]!, all)) {
          const change = () => void here.prepare(`update "${name}" set "${column}" = ? where ${at}`).run(value, ...keyOf(row));
          compare(`${name} ${column}`, touched, change);
          if (LEADS.test(column)) compare(`${name} ${column} of the last`, touched, change, leave);
        }
      }
    }
  }
  expect([...silent].sort()).toEqual([]);
  expect(tables.map(({ name }) => name).filter((name) => !told.has(name)).sort()).toEqual([]);
});
