-- Who looks after a topic, a person or a group of the team; which post it is about, how far it is, and when they are reminded.
create table assignments (
  topic_id text primary key references topics (id) on delete cascade,
  user_id text references users (id),
  group_id text references groups (id) on delete cascade,
  post_id text references posts (id) on delete set null,
  status text not null default 'open' check (status in ('open', 'doing', 'done')),
  remind_at integer,
  assigned_at integer not null,
  check ((user_id is null) <> (group_id is null))
) without rowid;
insert into assignments (topic_id, user_id, assigned_at) select id, assignee_id, last_post_at from topics where assignee_id is not null;
create index assignments_of_person on assignments (user_id, status);
create index assignments_of_group on assignments (group_id, status);
create index assignments_of_post on assignments (post_id) where post_id is not null;
create index assignments_to_remind on assignments (remind_at, topic_id) where remind_at is not null;
drop index topics_of_assignee;
alter table topics drop column assignee_id;

-- How closely people follow what they have chosen nothing for: those in a group of the team, or, with no group, all who came since.
create table follow_defaults (
  target text not null,
  group_id text not null default '',
  level text not null check (level in ('watching', 'tracking', 'muted')),
  created_at integer not null,
  primary key (target, group_id)
) without rowid;
create index follow_defaults_of_group on follow_defaults (group_id, target);
create index users_since on users (created_at);
create trigger group_of_defaults_gone after delete on groups begin
  delete from follow_defaults where group_id = old.id;
end;

-- What people tell an author about a post privately; one each.
create table author_notes (
  id text primary key,
  post_id text not null references posts (id) on delete cascade,
  author_id text not null references users (id) on delete cascade,
  words text not null,
  is_signed integer not null default 0,
  created_at integer not null
);
create unique index author_notes_once on author_notes (post_id, author_id);
create index author_notes_by_author on author_notes (author_id);
