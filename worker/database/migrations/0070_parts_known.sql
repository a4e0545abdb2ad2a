-- What the pages of a topic and of a ticket seldom have is known before they are asked for: a bit for each part, set with the first of it and never taken back, so that a part which is
-- there is never missed, and one that is gone costs a question. Of a topic: handovers (1), posts that moved (2), timers (4), whispers (8), somebody who looks after it (16). Of a ticket, beside
-- its mark, since a merge that is undone leaves the ticket itself as it was: merged ones (1), handovers (2), links (4), trackers (8), a rating (16), held answers (32), drafts (64), people (128),
-- events that name others (256), answers to questions (512), others of the same person or company within a week (1024), documents (2048), tickets (4096) and macros (8192) like it, files (16384).
-- Of whoever asks: topics (256), ideas and answers to surveys (512).

drop view topic_parts;
drop view ticket_parts;
drop trigger marks_changed_topic;

alter table topics add column parts integer not null default 0;
alter table marks add column parts integer not null default 0;

update topics set parts = parts | 1 where id in (select topic_id from handovers);
update topics set parts = parts | 4 where id in (select topic_id from topic_timers);
update topics set parts = parts | 8 where id in (select topic_id from whispers);
update topics set parts = parts | 16 where id in (select topic_id from assignments);
update marks set parts = parts | 2 where thing in (select ticket_id from handovers);
update marks set parts = parts | 4 where thing in (select from_id from ticket_links union all select to_id from ticket_links);
update marks set parts = parts | 8 where thing in (select ticket_id from ticket_trackers);
update marks set parts = parts | 16 where thing in (select ticket_id from survey_answers);
update marks set parts = parts | 32 where thing in (select ticket_id from held_replies);
update marks set parts = parts | 64 where thing in (select place from drafts);
update marks set parts = parts | 128 where thing in (select ticket_id from ticket_people);
update marks set parts = parts | 512 where thing in (select ticket_id from ticket_values);
update topics set parts = parts | 2 where number in (select number from moved_posts);
update marks set parts = parts | 1 where thing in (select merged_into from tickets);
update marks set parts = parts | 256 where thing in (select subject from outbox where type in ('ticket.filled', 'ticket.absorbed', 'ticket.copied', 'ticket.uncopied', 'ticket.requester_changed'));
update marks set parts = parts | 1024 where thing in (select t.id from tickets t where exists (select 1 from tickets o where o.requester_id = t.requester_id and o.created_at between t.created_at - 604800000 and t.created_at + 604800000 and o.id <> t.id)
  or exists (select 1 from tickets o where o.account_id = t.account_id and o.created_at between t.created_at - 604800000 and t.created_at + 604800000 and o.id <> t.id));
update marks set parts = parts | coalesce((select iif(json_array_length(beside, '$.documents') > 0, 2048, 0) | iif(json_array_length(beside, '$.tickets') > 0, 4096, 0) | iif(json_array_length(beside, '$.macros') > 0, 8192, 0) from ticket_words where ticket_id = thing), 0) where thing in (select ticket_id from ticket_words);
update marks set parts = parts | 16384 where thing in (select m.ticket_id from attachments f join ticket_messages m on m.id = f.message_id);
update users set parts = parts | 256 where id in (select author_id from topics);
update users set parts = parts | 512 where id in (select author_id from ideas union all select user_id from survey_answers where ticket_id is null);

create trigger marks_changed_topic after update of id, number, slug, title, kind, tags, posts_count, category_id, author_id, last_post_at, accepted_post_id, locked_at, slow_seconds, problem_state, votes_frozen_at, team_only_at, created_at, import_id, merged_into, hidden_at, parts on topics begin
  update marks set mark = hex(randomblob(8)) where thing = new.id;
end;

create trigger marks_changed_parts_of_ticket after update of parts on marks when old.parts <> new.parts begin
  update marks set mark = hex(randomblob(8)) where thing = new.thing;
end;

create trigger marks_changed_asker after update of parts on users when old.parts & 768 <> new.parts & 768 begin
  update marks set mark = hex(randomblob(8)) where thing = new.id;
end;

create trigger parts_topic_handovers after insert on handovers begin
  update topics set parts = parts | 1 where id = new.topic_id and parts & 1 = 0;
end;

create trigger parts_topic_handovers_of_another after update of topic_id on handovers begin
  update topics set parts = parts | 1 where id = new.topic_id and parts & 1 = 0;
end;

create trigger parts_topic_topic_timers after insert on topic_timers begin
  update topics set parts = parts | 4 where id = new.topic_id and parts & 4 = 0;
end;

create trigger parts_topic_topic_timers_of_another after update of topic_id on topic_timers begin
  update topics set parts = parts | 4 where id = new.topic_id and parts & 4 = 0;
end;

create trigger parts_topic_whispers after insert on whispers begin
  update topics set parts = parts | 8 where id = new.topic_id and parts & 8 = 0;
end;

create trigger parts_topic_whispers_of_another after update of topic_id on whispers begin
  update topics set parts = parts | 8 where id = new.topic_id and parts & 8 = 0;
end;

create trigger parts_topic_assignments after insert on assignments begin
  update topics set parts = parts | 16 where id = new.topic_id and parts & 16 = 0;
end;

create trigger parts_topic_assignments_of_another after update of topic_id on assignments begin
  update topics set parts = parts | 16 where id = new.topic_id and parts & 16 = 0;
end;

create trigger parts_ticket_handovers after insert on handovers begin
  update marks set parts = parts | 2 where thing = new.ticket_id and parts & 2 = 0;
end;

create trigger parts_ticket_handovers_of_another after update of ticket_id on handovers begin
  update marks set parts = parts | 2 where thing = new.ticket_id and parts & 2 = 0;
end;

create trigger parts_ticket_ticket_links after insert on ticket_links begin
  update marks set parts = parts | 4 where thing in (new.from_id, new.to_id) and parts & 4 = 0;
end;

create trigger parts_ticket_ticket_links_of_another after update of from_id, to_id on ticket_links begin
  update marks set parts = parts | 4 where thing in (new.from_id, new.to_id) and parts & 4 = 0;
end;

create trigger parts_ticket_ticket_trackers after insert on ticket_trackers begin
  update marks set parts = parts | 8 where thing = new.ticket_id and parts & 8 = 0;
end;

create trigger parts_ticket_ticket_trackers_of_another after update of ticket_id on ticket_trackers begin
  update marks set parts = parts | 8 where thing = new.ticket_id and parts & 8 = 0;
end;

create trigger parts_ticket_survey_answers after insert on survey_answers begin
  update marks set parts = parts | 16 where thing = new.ticket_id and parts & 16 = 0;
end;

create trigger parts_ticket_survey_answers_of_another after update of ticket_id on survey_answers begin
  update marks set parts = parts | 16 where thing = new.ticket_id and parts & 16 = 0;
end;

create trigger parts_ticket_held_replies after insert on held_replies begin
  update marks set parts = parts | 32 where thing = new.ticket_id and parts & 32 = 0;
end;

create trigger parts_ticket_held_replies_of_another after update of ticket_id on held_replies begin
  update marks set parts = parts | 32 where thing = new.ticket_id and parts & 32 = 0;
end;

create trigger parts_ticket_drafts after insert on drafts begin
  update marks set parts = parts | 64 where thing = new.place and parts & 64 = 0;
end;

create trigger parts_ticket_drafts_of_another after update of place on drafts begin
  update marks set parts = parts | 64 where thing = new.place and parts & 64 = 0;
end;

create trigger parts_ticket_ticket_people after insert on ticket_people begin
  update marks set parts = parts | 128 where thing = new.ticket_id and parts & 128 = 0;
end;

create trigger parts_ticket_ticket_people_of_another after update of ticket_id on ticket_people begin
  update marks set parts = parts | 128 where thing = new.ticket_id and parts & 128 = 0;
end;

create trigger parts_ticket_ticket_values after insert on ticket_values begin
  update marks set parts = parts | 512 where thing = new.ticket_id and parts & 512 = 0;
end;

create trigger parts_ticket_ticket_values_of_another after update of ticket_id on ticket_values begin
  update marks set parts = parts | 512 where thing = new.ticket_id and parts & 512 = 0;
end;

create trigger parts_topic_moved_posts after insert on moved_posts begin
  update topics set parts = parts | 2 where number = new.number and parts & 2 = 0;
end;

create trigger parts_topic_moved_posts_of_another after update of number on moved_posts begin
  update topics set parts = parts | 2 where number = new.number and parts & 2 = 0;
end;

create trigger parts_ticket_merged after update of merged_into on tickets when new.merged_into is not null begin
  update marks set parts = parts | 1 where thing = new.merged_into and parts & 1 = 0;
end;

create trigger parts_ticket_come_merged after insert on tickets when new.merged_into is not null begin
  update marks set parts = parts | 1 where thing = new.merged_into and parts & 1 = 0;
end;

create trigger parts_ticket_names after insert on outbox when new.type in ('ticket.filled', 'ticket.absorbed', 'ticket.copied', 'ticket.uncopied', 'ticket.requester_changed') begin
  update marks set parts = parts | 256 where thing = new.subject and parts & 256 = 0;
end;

-- Whoever has any within a week has the next before or after it within a week.
create trigger parts_ticket_near after insert on tickets begin
  update marks set parts = parts | 1024 where parts & 1024 = 0 and thing in (
    select id from (select id from tickets where requester_id = new.requester_id and id <> new.id and created_at between new.created_at - 604800000 and new.created_at order by created_at desc limit 1)
    union all select id from (select id from tickets where requester_id = new.requester_id and id <> new.id and created_at between new.created_at and new.created_at + 604800000 order by created_at limit 1)
    union all select id from (select id from tickets where account_id = new.account_id and id <> new.id and created_at between new.created_at - 604800000 and new.created_at order by created_at desc limit 1)
    union all select id from (select id from tickets where account_id = new.account_id and id <> new.id and created_at between new.created_at and new.created_at + 604800000 order by created_at limit 1));
  insert into marks (thing, mark, parts) select new.id, hex(randomblob(8)), 1024 where exists (select 1 from tickets o where o.requester_id = new.requester_id and o.created_at between new.created_at - 604800000 and new.created_at + 604800000 and o.id <> new.id) or exists (select 1 from tickets o where o.account_id = new.account_id and o.created_at between new.created_at - 604800000 and new.created_at + 604800000 and o.id <> new.id) on conflict (thing) do update set parts = parts | 1024;
end;

create trigger parts_ticket_near_another after update of requester_id, account_id, created_at on tickets begin
  update marks set parts = parts | 1024 where parts & 1024 = 0 and thing in (
    select id from (select id from tickets where requester_id = new.requester_id and id <> new.id and created_at between new.created_at - 604800000 and new.created_at order by created_at desc limit 1)
    union all select id from (select id from tickets where requester_id = new.requester_id and id <> new.id and created_at between new.created_at and new.created_at + 604800000 order by created_at limit 1)
    union all select id from (select id from tickets where account_id = new.account_id and id <> new.id and created_at between new.created_at - 604800000 and new.created_at order by created_at desc limit 1)
    union all select id from (select id from tickets where account_id = new.account_id and id <> new.id and created_at between new.created_at and new.created_at + 604800000 order by created_at limit 1));
  insert into marks (thing, mark, parts) select new.id, hex(randomblob(8)), 1024 where exists (select 1 from tickets o where o.requester_id = new.requester_id and o.created_at between new.created_at - 604800000 and new.created_at + 604800000 and o.id <> new.id) or exists (select 1 from tickets o where o.account_id = new.account_id and o.created_at between new.created_at - 604800000 and new.created_at + 604800000 and o.id <> new.id) on conflict (thing) do update set parts = parts | 1024;
end;

create trigger parts_ticket_words after insert on ticket_words begin
  update marks set parts = parts & ~14336 | iif(json_array_length(new.beside, '$.documents') > 0, 2048, 0) | iif(json_array_length(new.beside, '$.tickets') > 0, 4096, 0) | iif(json_array_length(new.beside, '$.macros') > 0, 8192, 0) where thing = new.ticket_id and parts & 14336 <> (iif(json_array_length(new.beside, '$.documents') > 0, 2048, 0) | iif(json_array_length(new.beside, '$.tickets') > 0, 4096, 0) | iif(json_array_length(new.beside, '$.macros') > 0, 8192, 0));
end;

create trigger parts_ticket_words_of_another after update of ticket_id, beside on ticket_words begin
  update marks set parts = parts & ~14336 | iif(json_array_length(new.beside, '$.documents') > 0, 2048, 0) | iif(json_array_length(new.beside, '$.tickets') > 0, 4096, 0) | iif(json_array_length(new.beside, '$.macros') > 0, 8192, 0) where thing = new.ticket_id and parts & 14336 <> (iif(json_array_length(new.beside, '$.documents') > 0, 2048, 0) | iif(json_array_length(new.beside, '$.tickets') > 0, 4096, 0) | iif(json_array_length(new.beside, '$.macros') > 0, 8192, 0));
end;

create trigger parts_asker_topics after insert on topics begin
  update users set parts = parts | 256 where id = new.author_id and parts & 256 = 0;
end;

create trigger parts_asker_topics_of_another after update of author_id on topics begin
  update users set parts = parts | 256 where id = new.author_id and parts & 256 = 0;
end;

create trigger parts_asker_ideas after insert on ideas begin
  update users set parts = parts | 512 where id = new.author_id and parts & 512 = 0;
end;

create trigger parts_asker_ideas_of_another after update of author_id on ideas begin
  update users set parts = parts | 512 where id = new.author_id and parts & 512 = 0;
end;

create trigger parts_asker_answers after insert on survey_answers when new.ticket_id is null begin
  update users set parts = parts | 512 where id = new.user_id and parts & 512 = 0;
end;

create trigger parts_asker_answers_of_another after update of user_id, ticket_id on survey_answers when new.ticket_id is null begin
  update users set parts = parts | 512 where id = new.user_id and parts & 512 = 0;
end;

create trigger parts_ticket_files after insert on attachments when new.message_id is not null begin
  update marks set parts = parts | 16384 where thing = (select ticket_id from ticket_messages where id = new.message_id) and parts & 16384 = 0;
end;

create trigger parts_ticket_files_of_another after update of message_id on attachments when new.message_id is not null begin
  update marks set parts = parts | 16384 where thing = (select ticket_id from ticket_messages where id = new.message_id) and parts & 16384 = 0;
end;

create trigger parts_ticket_messages_of_another after update of ticket_id on ticket_messages when exists (select 1 from attachments where message_id = new.id) begin
  update marks set parts = parts | 16384 where thing = new.ticket_id and parts & 16384 = 0;
end;
