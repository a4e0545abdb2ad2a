import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrations } from '../../worker/database/migrate.ts';
import { migrated } from './marked.ts';

const TELLING = '0068_what_people_have.sql';
const rows = {
  ignored: "insert into ignored (user_id, person_id, level, created_at) values ('usr_b', 'usr_z', 'ignored', 1)",
  held: "insert into held_posts (id, kind, author_id, category_id, title, body, tags, reasons, created_at) values ('hld_1', 'topic', 'usr_b', 'cat_1', '', '', '[]', '[]', 1)",
  drafts: "insert into drafts (user_id, place, saved_at) values ('usr_b', 'new', 1)",
  votes: "insert into votes (on_id, author_id) values ('top_1', 'usr_b')",
  follows: "insert into follows (user_id, target, level, created_at) values ('usr_b', 'top_1', 'watching', 1)",
  reports: "insert into flags (post_id, author_id, kind, weight, created_at) values ('pst_b', 'usr_z', 'spam', 1, 1)",
  files: "insert into attachments (id, name, type, size, sha256, post_id, created_at) values ('att_1', 'a', 'text/plain', 1, '', 'pst_b', 1)",
  quotes: "insert into post_quotes (source_id, post_id) values ('pst_b', 'pst_z')",
};

/** What tells of each: whose it is, its bit, the row, and how it becomes that of another. */
const kept: Record<keyof typeof rows, { table: string; bit: number; of: 'users' | 'posts'; change: string }> = {
  ignored: { table: 'ignored', bit: 1, of: 'users', change: "update ignored set user_id = 'usr_c'" },
  held: { table: 'held_posts', bit: 2, of: 'users', change: "update held_posts set author_id = 'usr_c'" },
  drafts: { table: 'drafts', bit: 4, of: 'users', change: "update drafts set user_id = 'usr_c'" },
  votes: { table: 'votes', bit: 8, of: 'users', change: "update votes set author_id = 'usr_c'" },
  follows: { table: 'follows', bit: 16, of: 'users', change: "update follows set user_id = 'usr_c'" },
  reports: { table: 'flags', bit: 1, of: 'posts', change: "update flags set post_id = 'pst_c'" },
  files: { table: 'attachments', bit: 2, of: 'posts', change: "update attachments set post_id = 'pst_c'" },
  quotes: { table: 'post_quotes', bit: 4, of: 'posts', change: "update post_quotes set source_id = 'pst_c'" },
};

function peopled(here: DatabaseSync) {
  here.exec("insert into topics (id, number, slug, title, kind, category_id, author_id, posts_count, last_post_at, last_author_id, created_at) values ('top_1', 1, 's', 'T', 'question', 'cat_1', 'usr_z', 3, 1, 'usr_z', 1)");
  for (const one of ['b', 'c', 'z']) {
    here.exec(`insert into users (id, email, name, handle, created_at) values ('usr_${one}', '${one}', '${one}', '${one}', 1)`);
    here.exec(`insert into posts (id, topic_id, number, author_id, body, created_at) values ('pst_${one}', 'top_1', ${'abcz'.indexOf(one)}, 'usr_z', '', 1)`);
  }
  return here;
}

/** The bits of somebody, or of a post, of the three that there are. */
const bitsOf = (here: DatabaseSync, of: 'users' | 'posts', who: string) => (here.prepare(`select parts & 31 as parts from ${of} where id = ?`).get(`${of === 'users' ? 'usr' : 'pst'}_${who}`) as { parts: number }).parts;

test.each(Object.entries(kept))('%s: whose it is may have it from the first one on and for ever, and nobody else; without its trigger nobody would be told', (name, { table, bit, of, change }) => {
  const insert = rows[name as keyof typeof rows];
  const at = (here: DatabaseSync) => ['b', 'c', 'z'].map((who) => bitsOf(here, of, who));
  const here = peopled(migrated());
  expect(at(here)).toEqual([0, 0, 0]);
  here.exec(insert);
  expect(at(here)).toEqual([bit, 0, 0]);
  here.exec(change);
  expect(at(here)).toEqual([bit, bit, 0]);
  here.exec(`delete from ${table}`);
  expect(at(here)).toEqual([bit, bit, 0]);
  const [first, moved] = [peopled(migrated()), peopled(migrated())];
  first.exec(`drop trigger parts_${name}`);
  moved.exec(`drop trigger parts_${name}_of_another`);
  for (const one of [first, moved]) one.exec(insert);
  expect([at(first), at(moved)]).toEqual([[0, 0, 0], [bit, 0, 0]]);
  moved.exec(change);
  expect(at(moved)).toEqual([bit, 0, 0]);
});

test('it is written down once, not each time, and what there was before is told of, too', () => {
  const here = peopled(migrated());
  here.exec(rows.votes);
  const { n } = here.prepare('select total_changes() n').get() as { n: number };
  here.exec(rows.votes.replace('top_1', 'top_2'));
  expect((here.prepare('select total_changes() n').get() as { n: number }).n - n).toBe(1);

  const old = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  for (const { name, statements } of migrations) {
    if (name === TELLING) {
      peopled(old);
      for (const row of Object.values(rows)) old.exec(row);
    }
    for (const statement of statements) old.exec(statement);
  }
  expect((['users', 'posts'] as const).map((of) => ['b', 'c', 'z'].map((who) => bitsOf(old, of, who)))).toEqual([[31, 0, 0], [7, 0, 0]]);
});

test('that a post may have more is told by its mark', () => {
  const told = (without?: string) => {
    const here = peopled(migrated());
    if (without) here.exec(`drop trigger ${without}`);
    const mark = () => (here.prepare("select mark from marks where thing = 'top_1'").get() as { mark: string }).mark;
    const before = mark();
    here.exec("update posts set parts = 4 where id = 'pst_b'");
    return mark() !== before;
  };
  expect([told(), told('marks_changed_parts')]).toEqual([true, false]);
});
