-- What few people have: whom they ignore (1), posts that wait (2), drafts (4), votes (8), what they follow (16). Set with the first of it, and never taken back: pages ask nobody about
-- what they never had. No trigger stands on people themselves, since with one SQLite would look through all that refers to people for each new one.

alter table users add column parts integer not null default 0;

update users set parts = parts | 1 where id in (select user_id from ignored);
update users set parts = parts | 2 where id in (select author_id from held_posts);
update users set parts = parts | 4 where id in (select user_id from drafts);
update users set parts = parts | 8 where id in (select author_id from votes);
update users set parts = parts | 16 where id in (select user_id from follows);

create trigger parts_ignored after insert on ignored begin
  update users set parts = parts | 1 where id = new.user_id and parts & 1 = 0;
end;

create trigger parts_ignored_of_another after update of user_id on ignored begin
  update users set parts = parts | 1 where id = new.user_id and parts & 1 = 0;
end;

create trigger parts_held after insert on held_posts begin
  update users set parts = parts | 2 where id = new.author_id and parts & 2 = 0;
end;

create trigger parts_held_of_another after update of author_id on held_posts begin
  update users set parts = parts | 2 where id = new.author_id and parts & 2 = 0;
end;

create trigger parts_drafts after insert on drafts begin
  update users set parts = parts | 4 where id = new.user_id and parts & 4 = 0;
end;

create trigger parts_drafts_of_another after update of user_id on drafts begin
  update users set parts = parts | 4 where id = new.user_id and parts & 4 = 0;
end;

create trigger parts_votes after insert on votes begin
  update users set parts = parts | 8 where id = new.author_id and parts & 8 = 0;
end;

create trigger parts_votes_of_another after update of author_id on votes begin
  update users set parts = parts | 8 where id = new.author_id and parts & 8 = 0;
end;

create trigger parts_follows after insert on follows begin
  update users set parts = parts | 16 where id = new.user_id and parts & 16 = 0;
end;

create trigger parts_follows_of_another after update of user_id on follows begin
  update users set parts = parts | 16 where id = new.user_id and parts & 16 = 0;
end;

-- What few posts have: reports (1), files (2), posts that quote them (4). The same way.

alter table posts add column parts integer not null default 0;

update posts set parts = parts | 1 where id in (select post_id from flags);
update posts set parts = parts | 2 where id in (select post_id from attachments);
update posts set parts = parts | 4 where id in (select source_id from post_quotes);

create trigger parts_reports after insert on flags begin
  update posts set parts = parts | 1 where id = new.post_id and parts & 1 = 0;
end;

create trigger parts_reports_of_another after update of post_id on flags begin
  update posts set parts = parts | 1 where id = new.post_id and parts & 1 = 0;
end;

create trigger parts_files after insert on attachments when new.post_id is not null begin
  update posts set parts = parts | 2 where id = new.post_id and parts & 2 = 0;
end;

create trigger parts_files_of_another after update of post_id on attachments when new.post_id is not null begin
  update posts set parts = parts | 2 where id = new.post_id and parts & 2 = 0;
end;

create trigger parts_quotes after insert on post_quotes begin
  update posts set parts = parts | 4 where id = new.source_id and parts & 4 = 0;
end;

create trigger parts_quotes_of_another after update of source_id on post_quotes begin
  update posts set parts = parts | 4 where id = new.source_id and parts & 4 = 0;
end;

create trigger marks_changed_parts after update of parts on posts begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;
