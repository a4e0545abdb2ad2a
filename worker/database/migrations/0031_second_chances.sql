-- Since when a post that flags hid is shown again by its author's edit: once.
alter table reviews add column shown_again_at integer;

-- Since when nobody votes in a topic, and since when only the team replies in it.
alter table topics add column votes_frozen_at integer;
alter table topics add column team_only_at integer;

-- What a listed word is replaced by, and for how many hours who writes it is silenced.
alter table word_rules add column replacement text not null default '';
alter table word_rules add column hours integer not null default 0;

-- Since when only moderators read what a post said before, by whom (nobody: it was hidden when it was changed), and why.
alter table post_versions add column hidden_at integer;
alter table post_versions add column hidden_by text references users (id);
alter table post_versions add column hidden_why text not null default '';
create index post_versions_hidden_by on post_versions (hidden_by) where hidden_by is not null;
