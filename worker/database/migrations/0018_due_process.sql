alter table users add column suspended_until integer;
alter table users add column silenced_until integer;

create table sanctions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  kind text not null,
  code text not null,
  words text not null default '',
  note text not null default '',
  by_id text references users (id),
  until integer,
  took text,
  created_at integer not null,
  lifted_at integer,
  lifted_by text references users (id),
  lift_words text not null default ''
);
create index sanctions_of_person on sanctions (user_id, created_at, id);
create index sanctions_by on sanctions (by_id) where by_id is not null;
create index sanctions_lifted_by on sanctions (lifted_by) where lifted_by is not null;

create table stated (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  post_id text references posts (id) on delete cascade,
  topic_id text references topics (id) on delete cascade,
  sanction_id text references sanctions (id) on delete cascade,
  kinds text not null,
  words text not null default '',
  is_automatic integer not null,
  by_id text references users (id),
  link text,
  mail text not null default 'done',
  created_at integer not null,
  appeal_until integer not null,
  withdrawn_at integer
);
insert into stated (id, user_id, action, post_id, kinds, words, is_automatic, by_id, created_at, appeal_until)
  select s.id, p.author_id, 'hidden', s.post_id, s.kinds, s.words, s.is_automatic, case when s.is_automatic = 0 then (select r.decided_by from reviews r where r.post_id = s.post_id) end, s.created_at, s.created_at + 15811200000
  from statements_of_reasons s join posts p on p.id = s.post_id;
drop table statements_of_reasons;
alter table stated rename to statements_of_reasons;
create index statements_of_post on statements_of_reasons (post_id, created_at) where post_id is not null;
create index statements_of_topic on statements_of_reasons (topic_id) where topic_id is not null;
create index statements_of_sanction on statements_of_reasons (sanction_id) where sanction_id is not null;
create index statements_of_person on statements_of_reasons (user_id, created_at, id);
create index statements_by on statements_of_reasons (by_id) where by_id is not null;
create index statements_by_link on statements_of_reasons (link) where link is not null;
create index statements_to_mail on statements_of_reasons (created_at, id) where mail = 'due';

create table appeals (
  id text primary key,
  statement_id text not null unique references statements_of_reasons (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  words text not null,
  status text not null default 'open',
  answer text not null default '',
  decided_by text references users (id),
  created_at integer not null,
  decided_at integer
);
create index appeals_to_decide on appeals (created_at, id) where status = 'open';
create index appeals_decided on appeals (decided_at, id) where status <> 'open';
create index appeals_of_person on appeals (user_id);
create index appeals_decided_by on appeals (decided_by) where decided_by is not null;

create table blocks (
  kind text not null,
  value text not null,
  sanction_id text not null references sanctions (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  created_at integer not null,
  primary key (kind, value, sanction_id)
) without rowid;
create index blocks_of_sanction on blocks (sanction_id);
create index blocks_of_person on blocks (user_id);

create table moderation_log (
  id text primary key,
  action text not null,
  rule text,
  is_automatic integer not null,
  category_id text,
  created_at integer not null
);
create index moderation_log_by_time on moderation_log (created_at, id, action);

alter table notifications add column statement_id text references statements_of_reasons (id) on delete cascade;
create index notifications_of_statement on notifications (statement_id) where statement_id is not null;

alter table topics add column hidden_at integer;
alter table topics add column slow_seconds integer not null default 0;
create index topics_hidden on topics (id) where hidden_at is not null;

create table topic_timers (
  topic_id text not null references topics (id) on delete cascade,
  kind text not null,
  due_at integer not null,
  days_after integer,
  by_id text not null references users (id),
  primary key (topic_id, kind)
) without rowid;
create index topic_timers_due on topic_timers (due_at, topic_id, kind);
create index topic_timers_by on topic_timers (by_id);

create table ignored (
  user_id text not null references users (id) on delete cascade,
  person_id text not null references users (id) on delete cascade,
  level text not null,
  created_at integer not null,
  primary key (user_id, person_id)
) without rowid;
create index ignored_people on ignored (person_id);
