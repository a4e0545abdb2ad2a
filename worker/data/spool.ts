import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { idOf, REFERENCES, referenceOf, twinOf, TWINS, WISHES } from './kinds.ts';
import type { Line, LineType } from './line.ts';

/**
 * `lines`: what is known of each line of a file; `ours` is our id of it. A thing of the workspace that the file only refers to is there
 * under a negative number. `bodies`: the line itself, JSON. `asked`: the tickets that answered a form, and, once looked up, what; `named`: whom and which
 * accounts their answers mean; `carrying`: the lines with files, and, once looked up, which of them can go in.
 */
const TABLES = `
  pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -32000;
  create table lines (
    number integer primary key, type text not null, id text not null, twin text, first text, second text, wish text, at integer, ours text,
    state text not null default 'new' check (state in ('new', 'there', 'bad'))
  );
  create unique index lines_by_id on lines (type, id);
  create unique index lines_by_twin on lines (type, twin) where twin is not null;
  create table carrying (number integer primary key, files text);
  create table asked (number integer primary key, answers text);
  create table named (type text, id text, primary key (type, id));
  create table bodies (number integer primary key, line text not null);
  begin;`;

/** A file on its way into the workspace, in a small database of its own on disk, so that memory stays bounded whatever the file's size. */
export function openSpool() {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-import-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const db = new DatabaseSync(join(folder, 'spool'));
  db.exec(TABLES);
  const insert = db.prepare('insert or ignore into lines (number, type, id, twin, first, second, wish, at) values (?, ?, ?, ?, ?, ?, ?, ?)');
  const keep = db.prepare('insert into bodies (number, line) values (?, ?)');
  const answers = db.prepare('insert into asked (number) values (?)');
  const carries = db.prepare('insert into carrying (number) values (?)');
  const earlier = db.prepare('select number, id from lines where (type = ?1 and id = ?2) or (type = ?1 and twin = ?3) order by number limit 1');
  return {
    db,
    /** Keeps a line; returns what is wrong when an earlier one is the same thing. */
    add(number: number, line: Line): string | undefined {
      const { type } = line;
      const [id, twin] = [idOf(line), twinOf(line)];
      const [first, second] = REFERENCES[type];
      const at = 'createdAt' in line ? line.createdAt : null;
      const { changes } = insert.run(number, type, id, twin, referenceOf(line, first), referenceOf(line, second), referenceOf(line, WISHES[type]), at);
      if (changes === 1 && 'files' in line && line.files?.length) carries.run(number);
      if (changes === 1 && type === 'ticket' && (line.form || line.fields)) answers.run(number);
      if (changes === 1) return void keep.run(number, JSON.stringify(line));
      const same = earlier.get(type, id, twin) as { number: number; id: string };
      return same.id === id ? `repeats line ${same.number}` : `${TWINS[type]!.field}: line ${same.number} has it already`;
    },
    /** How many lines of the file are of a state, by type. */
    count(state: 'new' | 'there'): Partial<Record<LineType, number>> {
      const counted = db.prepare('select type, count(*) as lines from lines where state = ? and number > 0 group by type').all(state);
      return Object.fromEntries(counted.map(({ type, lines }) => [type, lines]));
    },
    close() {
      db.close();
      remove();
      process.off('exit', remove);
    },
  };
}

export type Spool = ReturnType<typeof openSpool>;
