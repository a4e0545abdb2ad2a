-- Which answers a merge brought, where the ticket had none of its own: they go again when it is undone.
alter table ticket_values add column merge_id text references ticket_merges (id) on delete cascade;
create index ticket_values_of_merges on ticket_values (merge_id) where merge_id is not null;
