-- The words by which tickets and macros are found beside a ticket, as stems: of tickets by their number.
create table ticket_words (
  number integer primary key,
  ticket_id text not null unique references tickets (id) on delete cascade,
  words text not null
);

create virtual table ticket_index using fts5 (
  body,
  content='', contentless_delete=1,
  tokenize='ascii'
);

create trigger ticket_words_gone after delete on ticket_words begin
  delete from ticket_index where rowid = old.number;
end;

alter table macros add column group_id text references groups (id) on delete cascade;
create index macros_of_groups on macros (group_id, used, id) where group_id is not null;

create table macro_words (
  id integer primary key,
  macro_id text not null unique references macros (id) on delete cascade,
  words text not null
);

create virtual table macro_index using fts5 (
  body,
  content='', contentless_delete=1,
  tokenize='ascii'
);

create trigger macro_words_gone after delete on macro_words begin
  delete from macro_index where rowid = old.id;
end;

-- What was changed of a ticket together with an answer: taken back with it.
alter table held_replies add column changes text;

-- Who is in a ticket or watches it because of a merge: taken out again when that is undone.
alter table ticket_people add column merge_id text references ticket_merges (id) on delete cascade;
create index ticket_people_of_merges on ticket_people (merge_id) where merge_id is not null;
