-- Words of what everybody may read, to suggest where one was misspelled. `word` is folded, `shown` as people write it; `coming` counts the texts that held it
-- in the reading of all texts in which it was `seen` last, `n` those of the reading before.
create table spelling_words (
  id integer primary key,
  word text not null unique,
  shown text not null,
  stem text not null,
  n integer not null default 0,
  coming integer not null default 0,
  seen integer not null default 0
);
create index spelling_words_fading on spelling_words (seen, coming, id);

-- What is left of each word's beginning when up to two letters are left out.
create table spelling_keys (
  key text not null,
  word_id integer not null,
  primary key (key, word_id)
) without rowid;

-- The reading of all texts for their words: which it is, the last document, and since when.
create table spelling_progress (
  id integer primary key check (id = 1),
  reading integer not null default 1,
  last_id integer not null default 0,
  began_at integer not null default 0
);
insert into spelling_progress (id) values (1);

-- What was searched for on a day, and what came of it, without who. `hash` stands for the words in any form; the empty one for all of the day.
create table search_days (
  hash text not null,
  day text not null,
  searches integer not null default 0,
  empty integer not null default 0,
  clicks integer not null default 0,
  places integer not null default 0,
  topics integer not null default 0,
  tickets integer not null default 0,
  primary key (hash, day)
) without rowid;
create index search_days_by_day on search_days (day, hash);

-- The same of all days that are kept, with the words as somebody wrote them and what they found last.
create table search_queries (
  hash text not null primary key,
  words text not null,
  results integer not null default 0,
  found text not null default '[]',
  searches integer not null default 0,
  empty integer not null default 0,
  clicks integer not null default 0,
  places integer not null default 0,
  topics integer not null default 0,
  tickets integer not null default 0
) without rowid;
create index search_queries_often on search_queries (searches, hash);
create index search_queries_empty on search_queries (empty, hash) where empty > 0;
create index search_queries_unfollowed on search_queries (searches, hash) where clicks = 0 and searches > empty;

-- Whether search engines may show the topics of a category.
alter table categories add column is_listed integer not null default 1;

-- Texts in scripts without spaces are put into the index anew, by their letters.
delete from search_index where rowid in (select id from search_documents where title || text glob '*[฀-໿ក-៿က-႟ぁ-ヿ㐀-䶿一-鿿가-힣]*');
