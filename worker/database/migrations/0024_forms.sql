-- Forms of tickets: what is asked beside subject and text, of whom, and when.
create table ticket_forms (
  id text primary key,
  name_en text not null,
  name_el text not null default '',
  description_en text not null default '',
  description_el text not null default '',
  position integer not null default 0,
  is_active integer not null default 1,
  is_default integer not null default 0,
  created_at integer not null
);
create index ticket_forms_in_order on ticket_forms (is_active, position, id);
create unique index ticket_forms_default on ticket_forms (is_default) where is_default = 1;

create table ticket_fields (
  id text primary key,
  key text not null unique,
  kind text not null,
  label_en text not null,
  label_el text not null default '',
  hint_en text not null default '',
  hint_el text not null default '',
  pattern text not null default '',
  choices text not null default '[]',
  created_at integer not null
);

create table form_fields (
  form_id text not null references ticket_forms (id) on delete cascade,
  field_id text not null references ticket_fields (id) on delete cascade,
  position integer not null default 0,
  to_submit integer not null default 0,
  to_solve integer not null default 0,
  is_visible integer not null default 1,
  is_editable integer not null default 1,
  when_field text references ticket_fields (id),
  when_value text,
  primary key (form_id, field_id)
) without rowid;
create index form_fields_in_order on form_fields (form_id, position);
create index form_fields_by_field on form_fields (field_id);
create index form_fields_by_condition on form_fields (when_field) where when_field is not null;

-- What was answered: a row a value, several for what takes several.
create table ticket_values (
  ticket_id text not null references tickets (id) on delete cascade,
  field_id text not null references ticket_fields (id),
  place integer not null default 0,
  value text not null,
  primary key (ticket_id, field_id, place)
) without rowid;
create index ticket_values_by_field on ticket_values (field_id);

alter table tickets add column form_id text references ticket_forms (id);
create index tickets_by_form on tickets (form_id) where form_id is not null;

-- Tickets that were not sent because something to read solved it first, and those that were sent after all. who is a person's id, or `guest:` and a hash of an address.
create table deflections (
  id text primary key,
  kind text not null,
  ref_id text not null,
  who text not null,
  user_id text references users (id) on delete cascade,
  created_at integer not null,
  taken_back_at integer
);
create index deflections_by_who on deflections (who, created_at);
create index deflections_by_user on deflections (user_id) where user_id is not null;

-- Counted: by month (2026-01, kind and ref_id empty), and in all by what solved it (month empty).
create table deflection_counts (
  month text not null,
  kind text not null,
  ref_id text not null,
  deflected integer not null default 0,
  taken_back integer not null default 0,
  primary key (month, kind, ref_id)
) without rowid;
create index deflection_counts_most on deflection_counts (month, deflected, kind, ref_id);

-- Statuses in the own words of a workspace, each of one of the six kinds: tickets.status stays that kind.
-- Whatever gives a ticket a status of another kind ends the words for the one before (own_status_left).
create table ticket_statuses (
  id text primary key,
  category text not null,
  agent_en text not null,
  agent_el text not null default '',
  customer_en text not null,
  customer_el text not null default '',
  position integer not null default 0,
  is_active integer not null default 1,
  created_at integer not null
);
create index ticket_statuses_in_order on ticket_statuses (position, id);
alter table tickets add column status_id text references ticket_statuses (id);
create index tickets_by_own_status on tickets (status_id) where status_id is not null;
alter table held_replies add column status_id text;

create trigger own_status_left after update of status on tickets when new.status_id is not null and new.status <> (select category from ticket_statuses where id = new.status_id) begin
  update tickets set status_id = null where id = new.id;
end;
