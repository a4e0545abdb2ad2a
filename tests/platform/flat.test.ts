import { expect, test } from 'vitest';
import { flat } from '../../worker/platform/flat.ts';

const flatly = (sql: string) => flat(sql).sql;

test('a condition of the rows becomes one of the question', () => {
  expect(flatly('select "id" from (select "id", "name" from "topics" where "topics"."hidden" is null) "topics" where "topics"."id" = ?')).toBe('select "id" from "topics" where "topics"."hidden" is null and "topics"."id" = ?');
  expect(flatly('select "id" from (select "id" from "topics" where a.b = 1 or a.c = 2) "topics" where "x" = 1 or "y" = 2 order by "id" limit ?')).toBe('select "id" from "topics" where (a.b = 1 or a.c = 2) and ("x" = 1 or "y" = 2) order by "id" limit ?');
});

test('of a left join the condition stays with the join', () => {
  expect(flatly('select "a"."x", "b"."y" from "a" left join (select "y", "z" from "b" where "b"."w" = ?) "b" on "b"."z" = "a"."z" left join "c" on "c"."z" = "b"."z" where "a"."x" = ?')).toBe(
    'select "a"."x", "b"."y" from "a" left join "b" on "b"."z" = "a"."z" and "b"."w" = ? left join "c" on "c"."z" = "b"."z" where "a"."x" = ?',
  );
});

test('another name of the table, and what is made of a row, go along', () => {
  expect(flatly('select "me"."id", "staged" from (select "id", "hash" is null as "staged" from "users" where "users"."role" = ?) "me" join "t" on "t"."u" = "me"."id" order by "staged"')).toBe(
    'select "me"."id", ("me"."hash" is null) as "staged" from "users" "me" join "t" on "t"."u" = "me"."id" where "me"."role" = ? order by "staged"',
  );
  expect(flatly(`select case when "shown" is null then 'no' end as "told" from (select "id", coalesce("html", '?') as "shown" from "posts") "posts"`)).toBe(
    `select case when (coalesce("posts"."html", '?')) is null then 'no' end as "told" from "posts"`,
  );
});

test('values stay where they belong, wherever they go', () => {
  expect(flat('select ? as "a", "made" from (select "id", "x" = ? as "made" from "t" where "t"."y" = ?) "t" where "t"."id" = ?')).toEqual({ sql: 'select ? as "a", ("t"."x" = ?) as "made" from "t" where "t"."y" = ? and "t"."id" = ?', places: [0, 1, 2, 3] });
  expect(flat('select "a"."id" from "a" join (select "id" from "b" where "b"."x" = ?) "b" on "b"."id" = ? where "a"."y" = ?')).toEqual({ sql: 'select "a"."id" from "a" join "b" on "b"."id" = ? where "b"."x" = ? and "a"."y" = ?', places: [1, 0, 2] });
  expect(flat(`select "id" from (select "id" from "t" where "t"."x" = '?') "t" where "t"."id" = ?`).places).toEqual([0]);
});

test('within brackets, and in each part of a union, it is done the same way', () => {
  const [before, after] = ['select "id" from (select "id" from "t" where "t"."x" = 1) "t"', 'select "id" from "t" where "t"."x" = 1'];
  expect(flatly(`select (${before}) as "one", exists (${before}) from (select 1)`)).toBe(`select (${after}) as "one", exists (${after}) from (select 1)`);
  expect(flatly(`${before} union all ${before}`)).toBe(`${after} union all ${after}`);
  expect(flatly(`with "here" as (${before}) ${before}`)).toBe(`with "here" as (${after}) ${after}`);
});

test.each([
  ['rows that are counted', 'select "n" from (select count(*) as "n" from "t") "t"'],
  ['rows that are grouped, sorted or cut', 'select "id" from (select "id" from "t" order by "id" limit 3) "t"'],
  ['rows of two tables', 'select "t"."id" from (select "t"."id" from "t" inner join "u" on "u"."id" = "t"."id") "t"'],
  ['rows of several selects', 'select "id" from (select "id" from "t" union select "id" from "u") "t"'],
  ['all columns', 'select * from (select "id" from "t" where "t"."x" = 1) "t"'],
  ['what is made of a row that a left join may lack', 'select "t"."id", "made" from "a" left join (select "id", "x" is null as "made" from "t") "t" on "t"."id" = "a"."id"'],
  ['what is made of a row and spoken of in a query within', 'select "id" from (select "id", "x" + 1 as "made" from "t") "t" where exists (select 1 from "u" where "u"."x" = "made")'],
  ['a name without its table', 'select "t"."id" from (select "id" from "t" where hidden is null) "t"'],
  ['another name, where the table is spoken of without quotes', 'select "me"."id" from (select "id" from "t" where t.hidden is null) "me"'],
  ['what finds nothing anyway', 'select "id" from (select "id" from "t" where false) "t"'],
])('left as it is: %s', (_, sql) => {
  expect(flatly(sql)).toBe(sql);
});
