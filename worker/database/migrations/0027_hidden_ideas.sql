-- An idea that was taken from view is nobody's to read until it is given back.
alter table ideas add column hidden_at integer;
