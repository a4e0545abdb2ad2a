-- An idea that was taken from view is nobody's to read until it is given back.
alter table ideas add column hidden_at integer;

-- The words of a synonym as search knows them, once the clock has looked at it, and topics whose tags are to be found by other words than before.
alter table tag_synonyms add column stems text;
create table search_due (
  topic_id text not null primary key
) without rowid;
