-- Since when a post that flags hid is shown again by its author's edit: once.
alter table reviews add column shown_again_at integer;
