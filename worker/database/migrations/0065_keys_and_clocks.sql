-- A key that a program chose stands for one body of one operation of its person: which one, as a hash. Of forms and visitors the key names it.

alter table once add column input text not null default '';

update or ignore once set input = substr(key, -64), key = substr(key, 1, length(key) - 65) where instr(key, ' ') > 0 and key not like 'visitor:%';

-- A question counts as answered since the first post of somebody else that is there: what is removed or hidden stops no clock. Moving posts says so itself. What waits again is due as its category promises now.

drop trigger answered_by_post;
drop trigger answered_by_moved_post;

create trigger answered_by_post after insert on posts when new.removed is null and new.hidden_at is null begin
  update topics set answered_at = new.created_at where id = new.topic_id and (answered_at is null or answered_at > new.created_at) and author_id <> new.author_id;
end;

create trigger answered_as_seen after update of removed, hidden_at on posts when (new.removed is null and new.hidden_at is null) <> (old.removed is null and old.hidden_at is null) begin
  update topics set answered_at = (select min(p.created_at) from posts p where p.topic_id = new.topic_id and p.author_id <> topics.author_id and p.removed is null and p.hidden_at is null),
    answer_due_at = case when kind = 'question' then created_at + 3600000 * (select answer_within from categories where id = category_id) end
  where id = new.topic_id and (answered_at is null or answered_at >= new.created_at) and author_id <> new.author_id;
end;

update topics set answered_at = (select min(p.created_at) from posts p where p.topic_id = topics.id and p.author_id <> topics.author_id and p.removed is null and p.hidden_at is null),
  answer_due_at = case when kind = 'question' then created_at + 3600000 * (select answer_within from categories where id = category_id) end
where id in (select topic_id from posts where removed is not null or hidden_at is not null);
