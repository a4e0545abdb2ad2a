create table attachments (
  id text primary key,
  owner_id text references users (id) on delete set null,
  name text not null,
  type text not null,
  size integer not null,
  width integer,
  height integer,
  sha256 text not null,
  post_id text references posts (id) on delete set null,
  message_id text references ticket_messages (id) on delete set null,
  held_id text references held_posts (id) on delete set null,
  created_at integer not null,
  attached_at integer
);
alter table drafts add column files text not null default '[]';
create index attachments_of_owner on attachments (owner_id, size) where owner_id is not null;
create index attachments_of_post on attachments (post_id) where post_id is not null;
create index attachments_of_message on attachments (message_id) where message_id is not null;
create index attachments_of_held on attachments (held_id) where held_id is not null;
create index attachments_loose on attachments (created_at) where post_id is null and message_id is null and held_id is null;
