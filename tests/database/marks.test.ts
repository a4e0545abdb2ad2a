import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { expect, test } from 'vitest';
import { queries } from './asked.ts';
import { asked, columnsOf, copied, inRows, migrated, readBy, remembered, rowsOf } from './marked.ts';

test('everything that is remembered is looked at here, and asks nothing of the time of day or of chance', () => {
  expect(Object.entries(queries).filter(([, all]) => all.some((query) => query.marking)).map(([name]) => name).sort()).toEqual(Object.keys(remembered).sort());
  const here = migrated();
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

/** Without a mark nothing is kept. */
const hasMark = (rows: string | undefined) => /\["/.test(rows ?? '');

/** One more such row. */
const another = (row: Record<string, SQLInputValue>) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column === 'id' ? `${value}x` : column === 'revision' || column === 'number' ? Number(value) + 500 : value]));

test('whatever is changed, put in or taken out: where it changes what is remembered, the mark is another', { timeout: 120_000 }, async () => {
  const here = await copied();
  const known = asked().map((one) => ({ ...one, reads: readBy(here, one.whole.sql).columns, ask: inRows(here, one.whole.sql), askMark: inRows(here, one.mark.sql) })).filter(({ askMark, mark }) => hasMark(rowsOf(askMark, mark)));
  expect(Object.keys(remembered).filter((name) => !known.some((one) => one.name === name && rowsOf(one.ask, one.whole) !== '[]'))).toEqual([]);
  const names = [...new Set(known.flatMap(({ reads }) => [...reads].map((column) => column.split(' ')[0]!)))];
  const tables = names.filter((name) => here.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name)).map((name) => tableOf(here, name));
  const told = new Set<string>();
  const silent = new Set<string>();
  const answersOf = (some: typeof known) => some.map((one) => [rowsOf(one.ask, one.whole), rowsOf(one.askMark, one.mark)]);
  /** After each change everything is taken back: this is what each answers until the next. */
  const untouched = new Map(answersOf(known).map((answers, i) => [known[i]!, answers]));
  /** Makes a change where each answers as it `was`, and takes it back. */
  const compare = (what: string, touched: typeof known, change: () => void, was = untouched) => {
    here.exec('savepoint changed');
    try {
      change();
      for (const one of touched) {
        const [whole, mark] = was.get(one)!;
        if (rowsOf(one.ask, one.whole) === whole) continue;
        if (rowsOf(one.askMark, one.mark) !== mark) told.add(what.split(' ')[0]!);
        else if (hasMark(mark)) silent.add(`${what}: ${one.name}`);
      }
    } catch {
      // What the database refuses nobody can do.
    } finally {
      here.exec('rollback to changed; release changed');
    }
  };
  /** Makes changes where something else was changed before, and takes all of it back. */
  const afterwards = (touched: typeof known, before: () => void, changes: (was: typeof untouched) => void) => {
    here.exec('savepoint before');
    try {
      before();
      changes(new Map(answersOf(touched).map((answers, i) => [touched[i]!, answers])));
    } catch {
      // Nor this.
    } finally {
      here.exec('rollback to before; release before');
    }
  };
  for (const { name, columns, at, keyOf, all, near } of tables) {
    const ofTable = known.filter(({ reads }) => ['', ...columns].some((column) => reads.has(`${name} ${column}`)));
    for (const row of near) {
      const remove = () => void here.prepare(`delete from "${name}" where ${at}`).run(...keyOf(row));
      const insert = (one: typeof row) => void here.prepare(`insert into "${name}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => '?').join()})`).run(...columns.map((column) => one[column]!));
      const leave = () => void here.prepare(`delete from "${name}" where not (${at})`).run(...keyOf(row));
      const changes = columns.flatMap((column) => {
        const touched = ofTable.filter(({ reads }) => reads.has(`${name} ${column}`));
        const update = (value: SQLInputValue) => () => void here.prepare(`update "${name}" set "${column}" = ? where ${at}`).run(value, ...keyOf(row));
        return touched.length === 0 ? [] : otherwise(column, row[column]!, all).map((value) => ({ column, touched, change: update(value) }));
      });
      compare(`${name} taken out`, ofTable, remove);
      compare(`${name} put in beside`, ofTable, () => insert(another(row)));
      for (const { column, touched, change } of changes) compare(`${name} ${column}`, touched, change);
      afterwards(ofTable, remove, (was) => compare(`${name} put in`, ofTable, () => insert(row), was));
      afterwards(ofTable, () => here.exec(`delete from "${name}"`), (was) => compare(`${name} put in as the first`, ofTable, () => insert(row), was));
      afterwards(ofTable, leave, (was) => {
        compare(`${name} taken out as the last`, ofTable, remove, was);
        for (const { column, touched, change } of changes) if (LEADS.test(column)) compare(`${name} ${column} of the last`, touched, change, was);
      });
    }
  }
  expect(answersOf(known)).toEqual([...untouched.values()]);
  expect([...silent].sort()).toEqual([]);
  expect(tables.map(({ name }) => name).filter((name) => !told.has(name)).sort()).toEqual([]);
});
