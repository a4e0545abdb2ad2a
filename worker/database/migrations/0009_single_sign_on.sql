create table sign_in_providers (
  id text primary key,
  slug text not null unique,
  name text not null,
  kind text not null,
  issuer text not null,
  client_id text not null,
  client_secret text not null,
  audience text not null default 'customers',
  scopes text not null default '',
  role_claim text,
  roles text not null default '{}',
  account_claim text,
  trusts_email integer not null default 0,
  joins_by_domain integer not null default 1,
  is_on integer not null default 1,
  created_at integer not null
);

create table identities (
  issuer text not null,
  subject text not null,
  user_id text not null references users (id) on delete cascade,
  created_at integer not null,
  primary key (issuer, subject)
);
create index identities_of_person on identities (user_id);
