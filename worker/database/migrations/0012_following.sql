create table follows (
  user_id text not null references users (id) on delete cascade,
  target text not null,
  level text not null,
  by_hand integer not null default 1,
  created_at integer not null,
  primary key (user_id, target)
) without rowid;
create index follows_of_target on follows (target, level, user_id);

create table reads (
  user_id text not null references users (id) on delete cascade,
  topic_id text not null references topics (id) on delete cascade,
  last_read integer not null,
  read_at integer not null,
  primary key (user_id, topic_id)
) without rowid;
create index reads_of_topic on reads (topic_id);

create table notifications (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  kind text not null,
  about text not null,
  topic_id text references topics (id) on delete cascade,
  ticket_id text references tickets (id) on delete cascade,
  place integer,
  actor_id text,
  created_at integer not null,
  seen_at integer,
  mail text not null default 'done'
);
create unique index notifications_once on notifications (user_id, about);
create index notifications_latest on notifications (user_id, created_at, id);
create index notifications_unseen on notifications (user_id, topic_id, ticket_id) where seen_at is null;
create index notifications_to_mail on notifications (created_at) where mail = 'due';
create index notifications_of_topic on notifications (topic_id) where topic_id is not null;
create index notifications_of_ticket on notifications (ticket_id) where ticket_id is not null;

alter table users add column mail_level text not null default 'each';
alter table users add column digested_at integer not null default 0;
alter table users add column unseen integer not null default 0;
create index users_by_digest on users (mail_level, digested_at);

create trigger notification_came after insert on notifications when new.seen_at is null begin
  update users set unseen = unseen + 1 where id = new.user_id;
end;
create trigger notification_seen after update of seen_at on notifications when old.seen_at is null and new.seen_at is not null begin
  update users set unseen = unseen - 1 where id = new.user_id;
end;
create trigger notification_gone after delete on notifications when old.seen_at is null begin
  update users set unseen = unseen - 1 where id = old.user_id;
end;
