alter table posts add column edited_at integer;
alter table posts add column editor_id text references users (id);
alter table posts add column removed text;
alter table posts add column removed_at integer;
alter table posts add column ups integer not null default 0;
alter table posts add column downs integer not null default 0;
create index posts_by_editor on posts (editor_id) where editor_id is not null;

create table post_versions (
  post_id text not null references posts (id) on delete cascade,
  number integer not null,
  editor_id text not null references users (id),
  title text,
  tags text,
  body text not null,
  written_at integer not null,
  primary key (post_id, number)
) without rowid;
create index post_versions_by_editor on post_versions (editor_id, post_id, number);

create table removed_posts (
  post_id text primary key references posts (id) on delete cascade,
  remover_id text not null references users (id),
  reason text,
  title text,
  tags text,
  body text not null
) without rowid;
create index removed_posts_by_remover on removed_posts (remover_id);

create table post_quotes (
  source_id text not null references posts (id) on delete cascade,
  post_id text not null references posts (id) on delete cascade,
  primary key (source_id, post_id)
) without rowid;
create index post_quotes_by_post on post_quotes (post_id);

create table drafts (
  user_id text not null references users (id) on delete cascade,
  place text not null,
  title text not null default '',
  category text not null default '',
  kind text not null default '',
  tags text not null default '',
  body text not null default '',
  revision integer not null default 1,
  saved_at integer not null,
  primary key (user_id, place)
) without rowid;

alter table topics add column likes integer not null default 0;
alter table votes add column value integer not null default 1;
alter table votes add column created_at integer not null default 0;
alter table votes add column to_id text;
create index votes_lately on votes (author_id, created_at, value, to_id) where created_at > 0;

update posts set ups = (select count(*) from votes where on_id = case number when 1 then topic_id else id end);
update topics set likes = (select sum(ups) from posts where topic_id = topics.id);

create trigger vote_came after insert on votes begin
  update posts set ups = ups + (new.value > 0), downs = downs + (new.value < 0) where id = new.on_id or (topic_id = new.on_id and number = 1);
end;
create trigger vote_changed after update of value on votes when old.value <> new.value begin
  update posts set ups = ups + (new.value > 0) - (old.value > 0), downs = downs + (new.value < 0) - (old.value < 0) where id = new.on_id or (topic_id = new.on_id and number = 1);
end;
create trigger vote_gone after delete on votes begin
  update posts set ups = ups - (old.value > 0), downs = downs - (old.value < 0) where id = old.on_id or (topic_id = old.on_id and number = 1);
end;
create trigger likes_changed after update of ups on posts begin
  update topics set likes = likes + new.ups - old.ups where id = new.topic_id;
end;

create index topics_unsolved on topics (last_post_at, id) where accepted_post_id is null and kind in ('question', 'problem');
create index topics_unsolved_in_category on topics (category_id, last_post_at, id) where accepted_post_id is null and kind in ('question', 'problem');
create index topics_top on topics (likes, id);
create index topics_top_of_day on topics (created_at / 86400000, likes, id);
