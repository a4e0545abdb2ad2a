-- A topic may have several accepted answers; the first of them is what it is called solved by.
alter table posts add column accepted_at integer;
update posts set accepted_at = created_at where id in (select accepted_post_id from topics where accepted_post_id is not null);
create index posts_accepted on posts (topic_id, accepted_at, id) where accepted_at is not null;
create trigger answer_accepted after update of accepted_at, topic_id on posts when old.accepted_at is not null or new.accepted_at is not null begin
  update topics set accepted_post_id = (select id from posts where topic_id = topics.id and accepted_at is not null order by accepted_at, id limit 1) where id in (old.topic_id, new.topic_id);
end;
create trigger answer_written after insert on posts when new.accepted_at is not null begin
  update topics set accepted_post_id = coalesce(accepted_post_id, new.id) where id = new.topic_id;
end;
