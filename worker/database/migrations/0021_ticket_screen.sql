create table macros (
  id text primary key,
  owner_id text references users (id) on delete cascade,
  folder text not null default '',
  name text not null,
  texts text not null default '{}',
  visibility text not null default 'public',
  actions text not null default '{}',
  used integer not null default 0,
  created_at integer not null,
  updated_at integer not null
);
create index macros_by_use on macros (owner_id, used, id);

alter table tickets add column snooze text;
alter table tickets add column snoozed_until integer;
create index tickets_snoozed on tickets (rank, id) where snoozed_until is not null;
create index tickets_to_wake on tickets (snoozed_until) where snoozed_until is not null;

create table ticket_people (
  ticket_id text not null references tickets (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  role text not null,
  address text not null default '',
  added_at integer not null,
  primary key (ticket_id, role, user_id)
) without rowid;
create index ticket_people_by_person on ticket_people (user_id, role, ticket_id);

create table ticket_visits (
  ticket_id text not null references tickets (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  at integer not null,
  primary key (ticket_id, user_id)
) without rowid;
create index ticket_visits_by_person on ticket_visits (user_id);
create index ticket_visits_by_age on ticket_visits (at);

create table held_replies (
  id text primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  author_id text not null references users (id),
  body text not null,
  files text not null default '[]',
  status text not null,
  revision integer not null,
  release_at integer not null
);
create index held_replies_of_ticket on held_replies (ticket_id, release_at);
create index held_replies_to_release on held_replies (release_at);
create index held_replies_by_author on held_replies (author_id);

create index drafts_by_place on drafts (place, user_id);

create table mail_templates (
  event text not null,
  locale text not null,
  subject text not null,
  text text not null,
  primary key (event, locale)
) without rowid;
alter table mails add column event text;
alter table mails add column draft text;

insert into views (id, name, condition, columns, sort, position, created_at) values
  ('asleep', '', '{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["asleep"]}]}]}', '["requester","account","waiting","priority","status","assignee"]', 'priority', 70, 0);
