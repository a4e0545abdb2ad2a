-- The log only grows. What may change in it is the mark of delivery, and what an erased person's events said, which becomes a mark too.
alter table outbox add column token_id text;
create index outbox_latest on outbox (created_at, id);
create index outbox_of_actor on outbox (actor_id, created_at, id);
create index outbox_of_type on outbox (type, created_at, id);
create index outbox_of_subject on outbox (subject, created_at, id);
create index outbox_of_token on outbox (token_id, created_at, id) where token_id is not null;

create trigger outbox_stays before delete on outbox begin
  select raise(abort, 'The log is never deleted from.');
end;
create trigger outbox_stays_as_it_is before update of id, type, subject, revision, actor_id, token_id, data, created_at on outbox
when new.id is not old.id or new.type is not old.type or new.subject is not old.subject or new.revision is not old.revision or new.actor_id is not old.actor_id
  or new.token_id is not old.token_id or new.created_at is not old.created_at or (new.data is not old.data and new.data is not '{"erased":true}')
begin
  select raise(abort, 'The log is never changed.');
end;

alter table sessions add column viewing_until integer;

create table looks (
  id text primary key,
  session text not null,
  staff_id text not null references users (id),
  customer_id text not null references users (id),
  reason text not null,
  started_at integer not null,
  until integer not null,
  ended_at integer
);
create index looks_of_customer on looks (customer_id, started_at, id);
create index looks_of_staff on looks (staff_id);
create index looks_going_on on looks (until) where ended_at is null;
create index looks_of_session on looks (session) where ended_at is null;

create table consents (
  user_id text not null references users (id) on delete cascade,
  wording text not null,
  version text not null,
  locale text not null,
  at integer not null,
  primary key (user_id, wording, version)
) without rowid;

-- The certificates of erasing, and what is left to do of each: `user_id` is a row that tells nothing of anybody any more.
create table erasures (
  id text primary key,
  user_id text not null unique references users (id),
  words text not null,
  asked_by text not null,
  at integer not null,
  done_at integer
);
create index erasures_going_on on erasures (at) where done_at is null;

create index votes_by_author on votes (author_id, on_id);
create index article_votes_by_voter on article_votes (voter, article_id);
