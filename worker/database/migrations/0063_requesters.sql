-- A ticket’s requester can change: the links that its requester before had open it no more. A link names the round that it was made in.

alter table tickets add column link_round integer not null default 0;

-- Its page tells by name who asked it before, and of what may help which kinds there are.

drop view ticket_parts;

create view ticket_parts as
select t.id as ticket_id,
  iif(exists (select 1 from tickets where merged_into = t.id), 'merged handovers links trackers ', '')
  || iif(exists (select 1 from handovers where ticket_id = t.id), 'handovers ', '')
  || iif(exists (select 1 from ticket_links where from_id = t.id) or exists (select 1 from ticket_links where to_id = t.id), 'links ', '')
  || iif(exists (select 1 from ticket_trackers where ticket_id = t.id), 'trackers ', '')
  || iif(exists (select 1 from survey_answers where ticket_id = t.id), 'rating ', '')
  || iif(exists (select 1 from held_replies where ticket_id = t.id), 'held ', '')
  || iif(exists (select 1 from drafts where place = t.id), 'drafts ', '')
  || iif(exists (select 1 from ticket_people where ticket_id = t.id), 'people ', '')
  || iif(exists (select 1 from outbox where subject = t.id and type in ('ticket.filled', 'ticket.absorbed', 'ticket.copied', 'ticket.uncopied', 'ticket.requester_changed')), 'names ', '')
  || iif(exists (select 1 from ticket_forms where is_active = 1), 'forms ', '')
  || iif(t.form_id is not null or exists (select 1 from ticket_values where ticket_id = t.id), 'forms answers ', '')
  || iif(exists (select 1 from macros), 'macros ', '')
  || iif(exists (select 1 from topics where author_id = t.requester_id), 'topics ', '')
  || iif(exists (select 1 from ideas where author_id = t.requester_id) or exists (select 1 from survey_answers where user_id = t.requester_id and ticket_id is null), 'voices ', '')
  || coalesce((select iif(json_array_length(beside, '$.documents'), 'documents ', '') || iif(json_array_length(beside, '$.tickets'), 'tickets ', '') || iif(json_array_length(beside, '$.macros'), 'helpers ', '') from ticket_words where ticket_id = t.id), '')
  || iif(exists (select 1 from tickets o where o.requester_id = t.requester_id and o.created_at between t.created_at - 604800000 and t.created_at + 604800000 and o.id <> t.id)
    or exists (select 1 from tickets o where o.account_id = t.account_id and o.created_at between t.created_at - 604800000 and t.created_at + 604800000 and o.id <> t.id), 'near ', '') as has
from tickets t;
