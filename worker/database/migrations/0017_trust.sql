-- What each person did here, counted as they read; `due_at` is when the clock looks at their level next.
create table trust (
  user_id text primary key references users (id) on delete cascade,
  level integer not null default 0,
  is_locked integer not null default 0,
  topics integer not null default 0,
  posts integer not null default 0,
  seconds integer not null default 0,
  days integer not null default 0,
  last_read_at integer not null default 0,
  slipped_at integer,
  due_at integer
) without rowid;
create index trust_due on trust (due_at) where due_at is not null;

create table trust_days (
  user_id text not null references users (id) on delete cascade,
  day integer not null,
  topics integer not null,
  posts integer not null,
  primary key (user_id, day)
) without rowid;
create index trust_days_by_age on trust_days (day);

create index votes_received on votes (to_id, created_at, value, author_id) where to_id is not null;

alter table flags add column level integer not null default 0;
alter table reviews add column grounds text;

-- What waits for a moderator before anybody reads it. It is no post: no count, list, search or feed of posts can hold it.
create table held_posts (
  id text primary key,
  kind text not null,
  author_id text not null references users (id),
  category_id text not null references categories (id),
  topic_id text references topics (id) on delete cascade,
  post_id text references posts (id) on delete cascade,
  topic_kind text,
  title text not null,
  tags text not null default '[]',
  body text not null,
  reasons text not null,
  status text not null default 'waiting',
  words text not null default '',
  decided_by text references users (id),
  decided_at integer,
  created_at integer not null
);
create index held_waiting on held_posts (created_at, id) where status = 'waiting';
create index held_by_author on held_posts (author_id, created_at, id);
create index held_of_topic on held_posts (topic_id) where topic_id is not null;
create index held_of_post on held_posts (post_id) where post_id is not null;
create index held_decided_by on held_posts (decided_by) where decided_by is not null;
create index held_of_category on held_posts (category_id);

create table word_rules (
  id text primary key,
  pattern text not null,
  is_regex integer not null default 0,
  locale text,
  action text not null,
  tag text not null default '',
  hits integer not null default 0,
  created_at integer not null
);

create table screens (
  id text primary key,
  kind text not null,
  pattern text not null,
  action text not null,
  note text not null default '',
  hits integer not null default 0,
  hit_at integer,
  expires_at integer,
  created_at integer not null,
  unique (kind, pattern)
);
create index screens_ending on screens (expires_at) where expires_at is not null;

-- What new people wrote lately, as hashes of texts, of their shingles and of links, to find the same again.
create table prints (
  print text not null,
  post text not null,
  author_id text not null references users (id) on delete cascade,
  at integer not null,
  primary key (print, post)
) without rowid;
create index prints_by_age on prints (at);
create index prints_by_author on prints (author_id);

-- Sites that somebody trusted linked to.
create table linked_domains (
  domain text primary key,
  at integer not null
) without rowid;
