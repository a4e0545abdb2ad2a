create table mails (
  id text primary key,
  to_address text not null,
  locale text not null,
  purpose text not null,
  subject text not null,
  text text not null,
  html text not null,
  headers text not null default '{}',
  state text not null default 'queued',
  attempts integer not null default 0,
  send_after integer not null,
  created_at integer not null,
  sent_at integer,
  error text
);
create index mails_waiting on mails (send_after) where state = 'queued';
create index mails_latest on mails (created_at, id);
create index mails_to on mails (to_address, created_at);

create table one_time_secrets (
  hash text primary key,
  purpose text not null,
  address text not null,
  user_id text references users (id) on delete cascade,
  data text not null default '{}',
  attempts integer not null default 0,
  created_at integer not null,
  expires_at integer not null
);
create index one_time_secrets_of_address on one_time_secrets (address, purpose, created_at);
create index one_time_secrets_of_person on one_time_secrets (user_id);
create index one_time_secrets_by_expiry on one_time_secrets (expires_at);

create table roles (
  id text primary key,
  name text not null unique,
  base text not null,
  permissions text not null default '[]',
  created_at integer not null
);

alter table users add column role_id text references roles (id);
alter table users add column second_factor_at integer;
alter table users add column verified_at integer;
alter table users add column suspended_at integer;
alter table users add column anonymised_at integer;
create index users_by_custom_role on users (role_id) where role_id is not null;

alter table sessions add column proved_at integer not null default 0;
alter table sessions add column proofs text not null default '[]';
alter table sessions add column seen_at integer not null default 0;
alter table sessions add column halfway integer not null default 0;
alter table sessions add column device text not null default '';
alter table sessions add column place text not null default '';
alter table sessions add column viewing_as text references users (id) on delete cascade;
create index sessions_viewing_as on sessions (viewing_as) where viewing_as is not null;

update users set verified_at = created_at where password_hash is not null;
update sessions set proved_at = created_at, seen_at = created_at, proofs = '["password"]';
