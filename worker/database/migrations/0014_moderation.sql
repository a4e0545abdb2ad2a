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
create index topics_pinned on topics (category_id, pinned_at) where pinned_at is not null;
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
