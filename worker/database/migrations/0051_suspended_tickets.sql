-- The highest number that a ticket ever had: none is given twice, since links open tickets by their number.
create table ticket_numbers (
  id integer primary key check (id = 1),
  last integer not null
);
insert into ticket_numbers (id, last) select 1, coalesce(max(number), 0) from tickets;

-- Tickets that wait for somebody to look at them, as they were sent. They are no tickets yet; their number is kept for them. `user_id` is who was signed in.
create table suspended_tickets (
  id text primary key,
  number integer not null unique,
  email text not null,
  user_id text references users (id),
  locale text not null,
  subject text not null,
  body text not null,
  priority text not null,
  form_id text,
  answers text not null default '{}',
  causes text not null,
  created_at integer not null
);
create index suspended_tickets_in_time on suspended_tickets (created_at, id);
create index suspended_tickets_by_email on suspended_tickets (email, created_at, id);
create index suspended_tickets_by_user on suspended_tickets (user_id, created_at, id) where user_id is not null;

create trigger ticket_numbers_of_tickets after insert on tickets when new.number > (select last from ticket_numbers where id = 1) begin
  update ticket_numbers set last = new.number where id = 1;
end;
create trigger ticket_numbers_of_suspended after insert on suspended_tickets when new.number > (select last from ticket_numbers where id = 1) begin
  update ticket_numbers set last = new.number where id = 1;
end;

-- Who sent tickets within the last day, as far as they are counted.
create table ticket_senders (
  domain text not null,
  address text not null,
  at integer not null
);
create index ticket_senders_by_domain on ticket_senders (domain, at);
create index ticket_senders_by_address on ticket_senders (address);
create index ticket_senders_by_age on ticket_senders (at);

-- Addresses, and domains with all below them, whose tickets do not wait.
create table trusted_senders (
  id text primary key,
  pattern text not null unique,
  note text not null default '',
  added_by text references users (id),
  created_at integer not null
);

create index trusted_senders_by_adder on trusted_senders (added_by) where added_by is not null;

-- Files of a ticket that waits; when it goes they do.
alter table attachments add column suspended_id text references suspended_tickets (id) on delete set null;
create index attachments_of_suspended on attachments (suspended_id) where suspended_id is not null;
