create table known_devices (
  user_id text not null references users (id) on delete cascade,
  device text not null,
  seen_at integer not null,
  primary key (user_id, device)
) without rowid;
