create table authenticators (
  user_id text primary key references users (id) on delete cascade,
  secret text not null,
  last_step integer not null default 0,
  created_at integer not null
);

create table passkeys (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  public_key text not null,
  counter integer not null default 0,
  transports text not null default '[]',
  created_at integer not null,
  last_used_at integer
);
create index passkeys_of_person on passkeys (user_id, created_at);

create table recovery_codes (
  hash text primary key,
  user_id text not null references users (id) on delete cascade,
  created_at integer not null
);
create index recovery_codes_of_person on recovery_codes (user_id);

alter table sessions add column tries integer not null default 0;
