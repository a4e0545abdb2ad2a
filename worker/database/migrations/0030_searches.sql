-- Topics by when they were opened, alone and in a category: what search lists where it is asked for operators only.
create index topics_by_age on topics (created_at, id);
create index topics_by_age_in_category on topics (category_id, created_at, id);

-- Searches that people keep, under names of their own.
create table saved_searches (
  user_id text not null references users (id) on delete cascade,
  name text not null,
  q text not null,
  type text,
  created_at integer not null,
  primary key (user_id, name)
) without rowid;
