alter table roles add column scopes text not null default '{}';

alter table accounts add column joining text not null default 'approve';

-- Which account a domain of mail belongs to, kept beside the list in `accounts.domains` however that is written.
create table account_domains (
  domain text not null,
  account_id text not null references accounts (id) on delete cascade,
  primary key (domain, account_id)
) without rowid;
create index account_domains_of on account_domains (account_id);
insert or ignore into account_domains (domain, account_id) select lower(value), accounts.id from accounts, json_each(accounts.domains);
create trigger account_domains_of_new after insert on accounts when new.domains <> '[]' begin
  insert or ignore into account_domains (domain, account_id) select lower(value), new.id from json_each(new.domains);
end;
create trigger account_domains_of_changed after update of domains on accounts when new.domains <> old.domains begin
  delete from account_domains where account_id = new.id;
  insert or ignore into account_domains (domain, account_id) select lower(value), new.id from json_each(new.domains);
end;

create table account_contacts (
  user_id text not null references users (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  account_role text not null default 'member',
  created_at integer not null,
  primary key (user_id, account_id)
) without rowid;
create index account_contacts_of on account_contacts (account_id, created_at);

create table join_requests (
  user_id text primary key references users (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  created_at integer not null
);
create index join_requests_of on join_requests (account_id, created_at);
create index join_requests_by_age on join_requests (created_at);

create table invitations (
  id text primary key,
  email text not null,
  name text not null default '',
  role text not null,
  role_id text references roles (id) on delete cascade,
  account_id text references accounts (id) on delete cascade,
  account_role text not null default 'member',
  locale text not null,
  invited_by text references users (id) on delete set null,
  created_at integer not null,
  expires_at integer not null,
  accepted_at integer,
  revoked_at integer
);
create index invitations_latest on invitations (created_at, id);
create index invitations_of_account on invitations (account_id, created_at, id);
create index invitations_to on invitations (email, created_at);
create index invitations_by on invitations (invited_by, created_at) where invited_by is not null;
create index invitations_with_role on invitations (role_id) where role_id is not null;
create index invitations_open on invitations (expires_at) where accepted_at is null and revoked_at is null;

-- People in the order of their names, and by how their name, the rest of it, or their address begins.
create index users_in_order on users (name, id);
create index users_by_name on users (name collate nocase);
create index users_by_last_name on users (substr(name, instr(name, ' ') + 1) collate nocase);
create index users_of_custom_role on users (role_id, name, id) where role_id is not null;
drop index users_by_custom_role;
create index users_staged on users (name, id) where verified_at is null;
create index users_suspended on users (name, id) where suspended_at is not null;
create index users_verified on users (name, id) where verified_at is not null and suspended_at is null;
