-- What an answer that waits had before it: the number of the newest message of others when it was sent, so that it crosses none that came since. Of what waited before there is none.
-- A draft that it becomes again names the message that it would have crossed.

alter table held_replies add column seen integer;
alter table drafts add column crossed text;

-- What was not sent names who wrote meanwhile, and what came from outside to a conversation beside a ticket whoever wrote it: its page asks for their names.
drop trigger parts_ticket_names;

create trigger parts_ticket_names after insert on outbox when new.type in ('ticket.filled', 'ticket.absorbed', 'ticket.copied', 'ticket.uncopied', 'ticket.requester_changed', 'ticket.unsent', 'side.written') begin
  update marks set parts = parts | 256 where thing = new.subject and parts & 256 = 0;
end;

update marks set parts = parts | 256 where thing in (select subject from outbox where type = 'side.written');

-- Those names are kept with the ticket.
create trigger marks_new_side_message after insert on side_messages begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = new.side_id);
end;

create trigger marks_changed_side_message after update of id, author_id on side_messages begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = new.side_id);
end;

create trigger marks_lost_side_message after delete on side_messages begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = old.side_id);
end;

create trigger marks_new_side_member after insert on side_members begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = new.side_id);
end;

create trigger marks_changed_side_member after update of id, name on side_members begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = new.side_id);
end;

create trigger marks_lost_side_member after delete on side_members begin
  update marks set mark = hex(randomblob(8)) where thing = (select ticket_id from sides where id = old.side_id);
end;
