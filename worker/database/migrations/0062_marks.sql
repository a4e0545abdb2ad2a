-- A mark for each topic, another one each time that anything changes which its page says to everybody: who kept what they read beside its mark knows by one look
-- whether it is still so. Marks are drawn, not counted, so that one that was seen never comes again, not even after an older backup. What all topics show has one too.

create table marks (thing text primary key, mark text not null) without rowid;

insert into marks (thing, mark) select id, hex(randomblob(8)) from topics;
insert into marks (thing, mark) values ('everybody', hex(randomblob(8)));

create trigger marks_of_new_post after insert on posts begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_post after update of author_id, body, renderer, html, created_at, edited_at, hidden_at, removed, removed_at, ups, downs, accepted_at on posts begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_moved_post after update of id, topic_id, number on posts begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from (select old.topic_id union select new.topic_id union select p.topic_id from post_quotes q join posts p on p.id = q.source_id where q.post_id = new.id) where true on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_deleted_post after delete on posts begin
  insert into marks (thing, mark) values (old.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_quote after insert on post_quotes begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = new.source_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_quote after update on post_quotes begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id in (old.source_id, new.source_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_quote after delete on post_quotes begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = old.source_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_flag after insert on flags begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = new.post_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_flag after update of post_id, outcome, weight, kind on flags begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id in (old.post_id, new.post_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_flag after delete on flags begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = old.post_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_file after insert on attachments when new.post_id is not null begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = new.post_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_file after update of id, name, type, size, width, height, verdict, post_id on attachments when old.post_id is not null or new.post_id is not null begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id in (old.post_id, new.post_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_file after delete on attachments when old.post_id is not null begin
  insert into marks (thing, mark) select topic_id, hex(randomblob(8)) from posts where id = old.post_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_person after update of id, name, handle, role on users when old.id is not new.id or old.name is not new.name or old.handle is not new.handle or old.role is not new.role begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_lost_person after delete on users begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_topic after insert on topics begin
  insert into marks (thing, mark) values (new.id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_topic after update of id, number, slug, title, kind, tags, posts_count, category_id, author_id, last_post_at, accepted_post_id, locked_at, slow_seconds, problem_state, votes_frozen_at, team_only_at, created_at, import_id, merged_into, hidden_at on topics begin
  insert into marks (thing, mark) values (new.id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_handover after insert on handovers begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_handover after update of topic_id on handovers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id in (old.topic_id, new.topic_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_handover after delete on handovers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id = old.topic_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_timer after insert on topic_timers begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_timer after update of topic_id on topic_timers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id in (old.topic_id, new.topic_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_timer after delete on topic_timers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id = old.topic_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_whisper after insert on whispers begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_whisper after update of topic_id on whispers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id in (old.topic_id, new.topic_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_whisper after delete on whispers begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id = old.topic_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_assignment after insert on assignments begin
  insert into marks (thing, mark) values (new.topic_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_assignment after update of topic_id on assignments begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id in (old.topic_id, new.topic_id) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_assignment after delete on assignments begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where id = old.topic_id on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_move after insert on moved_posts begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where number = new.number on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_changed_move after update of number on moved_posts begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where number in (old.number, new.number) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_lost_move after delete on moved_posts begin
  insert into marks (thing, mark) select id, hex(randomblob(8)) from topics where number = old.number on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_of_category after insert on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_changed_category after update of id, slug, name, parent_id, is_listed, see, reply on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_lost_category after delete on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_account after update of id, plan, csm_id on accounts when old.id is not new.id or old.plan is not new.plan or old.csm_id is not new.csm_id begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_lost_account after delete on accounts begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_group_member after insert on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_changed_group_member after update on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_of_lost_group_member after delete on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;
