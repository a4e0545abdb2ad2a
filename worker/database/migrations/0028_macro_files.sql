-- Files of macros. An answer gets copies of them: rows of their own whose bytes are those of another (bytes_of is their key in the store).
alter table attachments add column macro_id text references macros (id) on delete set null;
alter table attachments add column bytes_of text;
create index attachments_of_macro on attachments (macro_id) where macro_id is not null;
create index attachments_by_bytes on attachments (bytes_of) where bytes_of is not null;

-- Which macro a held answer was written with, and what a bulk change sends: taken back, it was not sent.
alter table held_replies add column macro_id text;
alter table bulk_items add column message_id text;

-- Tickets whose words are to be found anew: whatever writes one, or its first message, puts it here.
-- asked counts how often, so that what comes while it is done is done again.
create table tickets_to_find (
  ticket_id text primary key references tickets (id) on delete cascade,
  asked integer not null default 1
) without rowid;
create trigger ticket_to_find after insert on tickets begin
  insert into tickets_to_find (ticket_id) values (new.id) on conflict (ticket_id) do update set asked = asked + 1;
end;
create trigger ticket_begun after insert on ticket_messages when new.number = 1 begin
  insert into tickets_to_find (ticket_id) values (new.ticket_id) on conflict (ticket_id) do update set asked = asked + 1;
end;
insert or ignore into tickets_to_find (ticket_id) select id from tickets where not exists (select 1 from ticket_words w where w.ticket_id = tickets.id);

-- Tickets that staff merged privately: for those who asked them they are open as long as what they are part of.
create index tickets_part_of_account on tickets (account_id, updated_at, id) where merged_into is not null;
