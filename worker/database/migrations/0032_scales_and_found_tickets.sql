-- How many points a question about a solved ticket has: each answer, each question by mail and each count remembers its own.
alter table survey_answers add column scale integer not null default 5;
alter table rating_requests add column scale integer not null default 5;
alter table feedback add column scale integer;

create table rating_months_by_scale (
  month text not null,
  agent_id text not null default '',
  scale integer not null default 5,
  score integer not null,
  answers integer not null default 0,
  primary key (month, agent_id, scale, score)
) without rowid;
insert into rating_months_by_scale (month, agent_id, score, answers) select month, agent_id, score, answers from rating_months;
drop table rating_months;
alter table rating_months_by_scale rename to rating_months;

-- The words by which those who read a ticket find it: its number, its subject, and what was said to them in it, as stems. Notes, and what a private
-- merge brought, are in none: a ticket that is part of another keeps its own words. Rows are by number.
create virtual table ticket_texts using fts5 (
  body,
  content='', contentless_delete=1, detail=none,
  tokenize='ascii'
);
create trigger ticket_text_gone after delete on ticket_words begin
  delete from ticket_texts where rowid = old.number;
end;

drop trigger ticket_begun;
create trigger ticket_written after insert on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id = coalesce(new.audience_id, new.ticket_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
create trigger ticket_rewritten after update of body, visibility, ticket_id, audience_id on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id in (coalesce(old.audience_id, old.ticket_id), coalesce(new.audience_id, new.ticket_id)) on conflict (ticket_id) do update set asked = asked + 1;
end;
create trigger ticket_unwritten after delete on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id = coalesce(old.audience_id, old.ticket_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
create trigger ticket_renamed after update of subject, merged_into on tickets when new.subject is not old.subject or new.merged_into is not old.merged_into begin
  insert into tickets_to_find (ticket_id) values (new.id) on conflict (ticket_id) do update set asked = asked + 1;
end;
insert or ignore into tickets_to_find (ticket_id) select id from tickets;
