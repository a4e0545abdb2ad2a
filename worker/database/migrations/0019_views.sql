create table groups (
  id text primary key,
  name text not null unique,
  created_at integer not null
);
create table group_members (
  group_id text not null references groups (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  primary key (group_id, user_id)
) without rowid;
create index group_members_by_user on group_members (user_id, group_id);

alter table users add column away_at integer;
alter table users add column away_until integer;

alter table tickets add column group_id text references groups (id) on delete set null;
create index tickets_queue_of_group on tickets (group_id, is_open, rank, id) where group_id is not null;
create index tickets_waiting on tickets (rank, id) where waiting_since is not null and is_open = 1;
create index tickets_by_last_message on tickets (is_open, last_message_at, id);
create index tickets_lately_solved on tickets (is_open, solved_at, id) where solved_at is not null;
create index tickets_newest on tickets (is_open, number);

create table ticket_tags (
  tag text not null,
  ticket_id text not null references tickets (id) on delete cascade,
  primary key (tag, ticket_id)
) without rowid;
create index ticket_tags_by_ticket on ticket_tags (ticket_id);
insert or ignore into ticket_tags (tag, ticket_id) select value, t.id from tickets t, json_each(t.tags);
create trigger ticket_tags_of_new after insert on tickets when new.tags <> '[]' begin
  insert or ignore into ticket_tags (tag, ticket_id) select value, new.id from json_each(new.tags);
end;
create trigger ticket_tags_of_changed after update of tags on tickets when new.tags <> old.tags begin
  delete from ticket_tags where ticket_id = new.id;
  insert or ignore into ticket_tags (tag, ticket_id) select value, new.id from json_each(new.tags);
end;

create table views (
  id text primary key,
  name text not null,
  owner_id text references users (id) on delete cascade,
  group_id text references groups (id) on delete cascade,
  condition text not null,
  columns text not null,
  sort text not null default 'priority',
  position integer not null default 0,
  created_at integer not null
);
create index views_by_owner on views (owner_id, position);
create index views_by_group on views (group_id, position);
insert into views (id, name, condition, columns, sort, position, created_at) values
  ('mine', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["open"]},{"field":"assignee","is":"is","values":["me"]}]}]}', '["requester","account","waiting","priority","status"]', 'priority', 10, 0),
  ('unassigned', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["open"]},{"field":"assignee","is":"is","values":["nobody"]}]}]}', '["requester","account","waiting","priority","status"]', 'priority', 20, 0),
  ('waiting', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["open"]},{"field":"turn","is":"is","values":["us"]}]}]}', '["requester","account","waiting","priority","status","assignee"]', 'priority', 30, 0),
  ('pending', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"status","is":"is","values":["pending"]}]}]}', '["requester","account","waiting","priority","status","assignee"]', 'priority', 40, 0),
  ('solved', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["done"]}]}]}', '["requester","account","priority","status","assignee"]', 'solved', 50, 0),
  ('open', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["open"]}]}]}', '["requester","account","waiting","priority","status","assignee"]', 'priority', 60, 0);

create table ticket_claims (
  ticket_id text not null references tickets (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  is_skipped integer not null default 0,
  until integer not null,
  primary key (ticket_id, user_id)
) without rowid;
create index ticket_claims_by_end on ticket_claims (until);
create index ticket_claims_by_user on ticket_claims (user_id);

create table bulk_runs (
  id text primary key,
  actor_id text not null references users (id),
  action text not null,
  back text not null,
  state text not null default 'running',
  total integer not null default 0,
  seen integer not null default 0,
  changed integer not null default 0,
  refused integer not null default 0,
  looked integer not null default 0,
  restored integer not null default 0,
  created_at integer not null,
  done_at integer
);
create index bulk_runs_going on bulk_runs (created_at) where state in ('running', 'reverting');
create index bulk_runs_by_actor on bulk_runs (actor_id, created_at, id);
create table bulk_items (
  run_id text not null references bulk_runs (id) on delete cascade,
  place integer not null,
  ticket_id text not null references tickets (id) on delete cascade,
  outcome text,
  why text,
  before text,
  revision integer,
  reverted text,
  primary key (run_id, place)
) without rowid;
create index bulk_items_by_ticket on bulk_items (ticket_id);

alter table categories add column answer_within integer;
alter table topics add column answer_due_at integer;
alter table topics add column answered_at integer;
update topics set answered_at = (select min(created_at) from posts where topic_id = topics.id and author_id <> topics.author_id) where posts_count > 1;
create index topics_to_answer on topics (answer_due_at, id) where answer_due_at is not null and answered_at is null and merged_into is null;
create trigger answer_due_of_new after insert on topics when new.kind = 'question' begin
  update topics set answer_due_at = new.created_at + 3600000 * (select answer_within from categories where id = new.category_id) where id = new.id;
end;
create trigger answer_due_of_changed after update of kind, category_id on topics when new.kind <> old.kind or new.category_id <> old.category_id begin
  update topics set answer_due_at = case when new.kind = 'question' then new.created_at + 3600000 * (select answer_within from categories where id = new.category_id) end where id = new.id;
end;
create trigger answer_due_of_category after update of answer_within on categories when new.answer_within is not old.answer_within begin
  update topics set answer_due_at = created_at + 3600000 * new.answer_within where category_id = new.id and kind = 'question' and answered_at is null;
end;
create index handovers_of_post on handovers (post_id) where post_id is not null;
create trigger answered_by_post after insert on posts begin
  update topics set answered_at = new.created_at where id = new.topic_id and answered_at is null and author_id <> new.author_id;
end;
create trigger answered_by_moved_post after update of topic_id on posts when new.topic_id <> old.topic_id begin
  update topics set answered_at = new.created_at where id = new.topic_id and answered_at is null and author_id <> new.author_id;
end;
