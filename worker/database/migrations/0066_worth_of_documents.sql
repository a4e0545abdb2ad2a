-- Search knows of each document whether it is hidden (0: no, 1: for all but moderators, 2: for everybody) and what it is worth before anybody asks, so that it needs not find that
-- out of what it found each time. What is hidden is so in the commit that hides it; what something is worth is counted by the clock where it is not known (null).

alter table search_documents add column hidden integer not null default 0;
alter table search_documents add column worth real;

create index search_documents_unweighed on search_documents (id) where worth is null;

-- Topics and people of whose posts the worth may be another by now, and up to which post that is counted.
create table search_to_weigh (thing text primary key, kind text not null, after integer not null default -1, after_id text not null default '') without rowid;

-- -1 stands for what has to be found out.
create trigger search_documents_seen after update of hidden on search_documents when new.hidden < 0 begin
  update search_documents set hidden = case new.type
      when 'topic' then case when exists (select 1 from topics where id = new.ref_id and hidden_at is not null) then 2 when exists (select 1 from posts where topic_id = new.ref_id and number = 1 and hidden_at is not null) then 1 else 0 end
      when 'post' then case when exists (select 1 from posts p join topics t on t.id = p.topic_id where p.id = new.ref_id and t.hidden_at is not null) then 2 when exists (select 1 from posts where id = new.ref_id and hidden_at is not null) then 1 else 0 end
      else 0 end
  where id = new.id;
end;

create trigger search_documents_new after insert on search_documents
when new.type = 'topic' and (exists (select 1 from topics where id = new.ref_id and hidden_at is not null) or exists (select 1 from posts where topic_id = new.ref_id and number = 1 and hidden_at is not null))
  or new.type = 'post' and exists (select 1 from posts p join topics t on t.id = p.topic_id where p.id = new.ref_id and (p.hidden_at is not null or t.hidden_at is not null)) begin
  update search_documents set hidden = -1 where id = new.id;
end;

create trigger search_after_new_topic after insert on topics when new.hidden_at is not null begin
  update search_documents set hidden = -1 where type = 'topic' and ref_id = new.id;
end;

create trigger search_after_hiding_topic after update of hidden_at on topics when (old.hidden_at is null) <> (new.hidden_at is null) begin
  update search_documents set hidden = -1 where type = 'topic' and ref_id = new.id;
  update search_documents set hidden = -1 where type = 'post' and ref_id in (select id from posts where topic_id = new.id);
end;

create trigger search_after_new_post after insert on posts when new.hidden_at is not null begin
  update search_documents set hidden = -1 where type = 'post' and ref_id = new.id;
  update search_documents set hidden = -1 where type = 'topic' and ref_id = new.topic_id;
end;

create trigger search_after_hiding_post after update of hidden_at, topic_id, number on posts
when (old.hidden_at is null) <> (new.hidden_at is null) or old.topic_id <> new.topic_id or (old.number <> new.number and new.hidden_at is not null) begin
  update search_documents set hidden = -1 where type = 'post' and ref_id = new.id;
  update search_documents set hidden = -1 where type = 'topic' and ref_id in (old.topic_id, new.topic_id);
end;

create trigger search_after_lost_post after delete on posts when old.hidden_at is not null begin
  update search_documents set hidden = -1 where type = 'topic' and ref_id = old.topic_id;
end;

create trigger search_after_answered_topic after update of accepted_post_id, locked_at on topics
when (old.accepted_post_id is null) <> (new.accepted_post_id is null) or (old.locked_at is null) <> (new.locked_at is null) begin
  insert into search_to_weigh (thing, kind) values (new.id, 'topic') on conflict (thing) do update set after = -1, after_id = '';
end;

create trigger search_after_changed_role after update of role on users when (old.role in ('agent', 'light_agent', 'csm', 'admin')) <> (new.role in ('agent', 'light_agent', 'csm', 'admin')) begin
  insert into search_to_weigh (thing, kind) values (new.id, 'person') on conflict (thing) do update set after = -1, after_id = '';
end;

create trigger search_after_moved_post after update of topic_id, author_id on posts when old.topic_id <> new.topic_id or old.author_id <> new.author_id begin
  update search_documents set worth = null where type = 'post' and ref_id = new.id;
end;

create trigger search_after_changed_audience after update of audience on articles when old.audience <> new.audience begin
  update search_documents set worth = null where type = 'article' and ref_id = new.id;
end;

update search_documents set hidden = -1 where type = 'post' and ref_id in (select id from posts where hidden_at is not null);
update search_documents set hidden = -1 where type = 'topic' and ref_id in (select topic_id from posts where hidden_at is not null and number = 1);
update search_documents set hidden = -1 where type = 'topic' and ref_id in (select id from topics where hidden_at is not null);
update search_documents set hidden = -1 where type = 'post' and ref_id in (select p.id from topics t cross join posts p on p.topic_id = t.id where t.hidden_at is not null);
