-- Which post answers next, once one is hidden or removed, is the next by time of those that are there: before it there is none, or that one would be the answer. Many at once are looked for once each.

create index posts_there on posts (topic_id, created_at) where removed is null and hidden_at is null;

drop trigger answered_as_seen;

create trigger answered_as_seen after update of removed, hidden_at on posts when (new.removed is null and new.hidden_at is null) <> (old.removed is null and old.hidden_at is null) begin
  update topics set answered_at = (select min(p.created_at) from posts p where p.topic_id = new.topic_id and p.created_at >= new.created_at and p.author_id <> topics.author_id and p.removed is null and p.hidden_at is null),
    answer_due_at = case when kind = 'question' then created_at + 3600000 * (select answer_within from categories where id = category_id) end
  where id = new.topic_id and (answered_at is null or answered_at >= new.created_at) and author_id <> new.author_id;
end;
