-- What staff find tickets by: the subject and everything that was said in them, notes and what merges brought too, as stems; and, under signs of their
-- own, whose each is and which group holds it. Rows are by number; what became part of another has none.
create virtual table desk_texts using fts5 (
  subject, body, about,
  content='', contentless_delete=1,
  tokenize='ascii'
);
insert into desk_texts (desk_texts, rank) values ('usermerge', 2);
create trigger desk_text_gone after delete on ticket_words begin
  delete from desk_texts where rowid = old.number;
end;

-- What was said is found where it is, and by those who read it where it came from.
drop trigger ticket_written;
create trigger ticket_written after insert on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id in (new.ticket_id, new.audience_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
drop trigger ticket_rewritten;
create trigger ticket_rewritten after update of body, visibility, ticket_id, audience_id on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id in (old.ticket_id, old.audience_id, new.ticket_id, new.audience_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
drop trigger ticket_unwritten;
create trigger ticket_unwritten after delete on ticket_messages begin
  insert into tickets_to_find (ticket_id) select id from tickets where id in (old.ticket_id, old.audience_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
drop trigger ticket_renamed;
create trigger ticket_renamed after update of subject, merged_into, requester_id, account_id, group_id on tickets
  when new.subject is not old.subject or new.merged_into is not old.merged_into or new.requester_id is not old.requester_id or new.account_id is not old.account_id or new.group_id is not old.group_id begin
  insert into tickets_to_find (ticket_id) select id from tickets where id in (new.id, old.merged_into, new.merged_into) on conflict (ticket_id) do update set asked = asked + 1;
end;
insert or ignore into tickets_to_find (ticket_id) select id from tickets;

-- What those who ask are found by: the words of their names and addresses, folded; `person` is their id as `desk_texts` has it. Whoever asks for the first time is put there
-- with their ticket: a trigger of each new person would have every table looked through that speaks of people.
create virtual table people_names using fts5 (person, words, tokenize="unicode61");

create trigger people_names_change after update of name, email on users when new.name is not old.name or new.email is not old.email begin
  update people_names set words = (select replace(replace(replace(replace(replace(replace(replace(replace(replace(half, 'ΐ', 'ι'), 'ΰ', 'υ'), 'Ά', 'α'), 'Έ', 'ε'), 'Ή', 'η'), 'Ί', 'ι'), 'Ό', 'ο'), 'Ύ', 'υ'), 'Ώ', 'ω') from (select replace(replace(replace(replace(replace(replace(replace(replace(replace(new.name || ' ' || new.email, 'ά', 'α'), 'έ', 'ε'), 'ή', 'η'), 'ί', 'ι'), 'ό', 'ο'), 'ύ', 'υ'), 'ώ', 'ω'), 'ϊ', 'ι'), 'ϋ', 'υ') as half))
    where rowid in (select rowid from people_names where people_names match 'person : "' || replace(replace(old.id, '_', ''), '-', '') || '"');
end;

create trigger people_names_gone after delete on users begin
  delete from people_names where rowid in (select rowid from people_names where people_names match 'person : "' || replace(replace(old.id, '_', ''), '-', '') || '"');
end;
