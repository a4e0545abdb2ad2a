-- New people whom a moderator looks at before they are listed: by which signs, who took it, and what became of it.
create table newcomers (
  user_id text primary key references users (id) on delete cascade,
  signs text not null,
  status text not null default 'open' check (status in ('open', 'approved', 'rejected')),
  claimed_by text references users (id),
  decided_by text references users (id),
  opened_at integer not null,
  decided_at integer
) without rowid;
create index newcomers_to_do on newcomers (opened_at, user_id) where status = 'open';
create index newcomers_done on newcomers (decided_at, user_id) where status <> 'open';
create index newcomers_claimed_by on newcomers (claimed_by) where claimed_by is not null;
create index newcomers_decided_by on newcomers (decided_by) where decided_by is not null;
