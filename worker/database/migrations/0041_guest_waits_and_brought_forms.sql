-- Addresses of guests who want to hear when something known is fixed: of a topic or an incident. Nobody is written to who did not confirm it. A row goes when
-- its one letter went (due_at says that it is to go), or when it is stopped.
create table guest_waits (
  key_hash text primary key,
  kind text not null,
  ref_id text not null,
  address text not null,
  locale text not null,
  created_at integer not null,
  confirmed_at integer,
  due_at integer
) without rowid;
create index guest_waits_of on guest_waits (ref_id);
create index guest_waits_by_address on guest_waits (address);
create index guest_waits_by_time on guest_waits (created_at);
create index guest_waits_due on guest_waits (due_at) where due_at is not null;

-- The ids that a file has for forms, questions and statuses which it brought.
alter table ticket_forms add column import_id text;
alter table ticket_fields add column import_id text;
alter table ticket_statuses add column import_id text;
create unique index ticket_forms_by_import on ticket_forms (import_id);
create unique index ticket_fields_by_import on ticket_fields (import_id);
create unique index ticket_statuses_by_import on ticket_statuses (import_id);
