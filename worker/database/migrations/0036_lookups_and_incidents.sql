-- Answers that name people, found by their ids.
create index ticket_values_by_person on ticket_values (value) where value glob 'usr_*';
