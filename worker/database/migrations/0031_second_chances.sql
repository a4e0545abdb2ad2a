-- Since when a post that flags hid is shown again by its author's edit: once.
alter table reviews add column shown_again_at integer;

-- Since when nobody votes in a topic, and since when only the team replies in it.
alter table topics add column votes_frozen_at integer;
alter table topics add column team_only_at integer;
