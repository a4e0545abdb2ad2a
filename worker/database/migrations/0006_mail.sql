create table mails (
  id text primary key,
  to_address text not null,
  locale text not null,
  purpose text not null,
  subject text not null,
  text text not null,
  html text not null,
  headers text not null default '{}',
  state text not null default 'queued',
  attempts integer not null default 0,
  send_after integer not null,
  created_at integer not null,
  sent_at integer,
  error text
);
create index mails_waiting on mails (send_after) where state = 'queued';
create index mails_latest on mails (created_at, id);
create index mails_to on mails (to_address, created_at);
