create table handovers (
  topic_id text not null references topics (id) on delete cascade,
  ticket_id text not null references tickets (id) on delete cascade,
  post_id text references posts (id) on delete set null,
  kind text not null,
  created_at integer not null,
  primary key (topic_id, ticket_id)
) without rowid;
create index handovers_of_ticket on handovers (ticket_id);
create unique index handovers_taken_once on handovers (post_id) where kind = 'taken';
create unique index handovers_published_once on handovers (ticket_id) where kind = 'published';

alter table topics add column locked_at integer;
alter table topics add column pinned_at integer;
alter table topics add column assignee_id text references users (id);
alter table topics add column merged_into text references topics (id);
create index topics_of_assignee on topics (assignee_id, last_post_at, id) where assignee_id is not null;
create index topics_pinned on topics (category_id, pinned_at, id) where pinned_at is not null;
create index topics_merged on topics (merged_into) where merged_into is not null;

create table moved_posts (
  number integer not null,
  place integer not null,
  post_id text not null references posts (id) on delete cascade,
  move text not null,
  primary key (number, place)
) without rowid;
create index moved_posts_by_post on moved_posts (post_id);

create table whispers (
  id text primary key,
  topic_id text not null references topics (id) on delete cascade,
  place integer not null,
  author_id text not null references users (id),
  body text not null,
  html text,
  renderer integer not null default 0,
  created_at integer not null
);
create index whispers_of_topic on whispers (topic_id, place, created_at);
create index whispers_by_author on whispers (author_id);

alter table categories add column see text;
alter table categories add column reply text;
alter table categories add column "create" text;

alter table posts add column hidden_at integer;
create index posts_hidden on posts (id, topic_id, number) where hidden_at is not null;

create table flags (
  post_id text not null references posts (id) on delete cascade,
  author_id text not null references users (id) on delete cascade,
  kind text not null,
  words text not null default '',
  weight real not null,
  is_new integer not null default 0,
  outcome text,
  created_at integer not null,
  primary key (post_id, author_id)
) without rowid;
create index flags_by_author on flags (author_id, outcome);

create table reviews (
  post_id text primary key references posts (id) on delete cascade,
  status text not null default 'open',
  score real not null default 0,
  is_urgent integer not null default 0,
  claimed_by text references users (id),
  decided_by text references users (id),
  words text not null default '',
  opened_at integer not null,
  decided_at integer
);
create index reviews_to_do on reviews (is_urgent desc, score desc, opened_at, post_id) where status = 'open';
create index reviews_done on reviews (decided_at, post_id) where status <> 'open';

create table statements_of_reasons (
  id text primary key,
  post_id text not null references posts (id) on delete cascade,
  kinds text not null,
  words text not null default '',
  is_automatic integer not null,
  created_at integer not null
);
create index statements_of_post on statements_of_reasons (post_id, created_at);
