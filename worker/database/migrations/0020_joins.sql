alter table tickets add column kind text not null default 'customer';
alter table tickets add column merged_into text references tickets (id) on delete set null;
alter table tickets add column shown_in text references tickets (id) on delete set null;
create index tickets_merged on tickets (merged_into) where merged_into is not null;
create index tickets_shown on tickets (shown_in) where shown_in is not null;
create index tickets_solved on tickets (solved_at) where status = 'solved' and import_id is null;
create index tickets_opened_by_requester on tickets (requester_id, created_at);
create index tickets_opened_by_account on tickets (account_id, created_at);

alter table ticket_messages add column origin_ticket_id text;
alter table ticket_messages add column audience_id text;
alter table ticket_messages add column copied_from text;
update ticket_messages set origin_ticket_id = ticket_id;
create index messages_in_time on ticket_messages (ticket_id, created_at, number);
create index messages_elsewhere on ticket_messages (origin_ticket_id) where origin_ticket_id <> ticket_id;
create trigger message_begins after insert on ticket_messages when new.origin_ticket_id is null begin
  update ticket_messages set origin_ticket_id = new.ticket_id where id = new.id;
end;
create trigger message_keeps_its_origin before update of origin_ticket_id on ticket_messages when old.origin_ticket_id is not null and new.origin_ticket_id is not old.origin_ticket_id begin
  select raise(abort, 'a message keeps its origin');
end;

create table ticket_merges (
  id text primary key,
  source_id text not null unique references tickets (id) on delete cascade,
  target_id text not null references tickets (id) on delete cascade,
  is_private integer not null,
  source text not null,
  before text not null,
  after text not null,
  gained text not null,
  created_at integer not null
);
create index ticket_merges_of_target on ticket_merges (target_id, created_at, id);

create table merged_messages (
  merge_id text not null references ticket_merges (id) on delete cascade,
  message_id text not null references ticket_messages (id) on delete cascade,
  number integer not null,
  placed integer not null,
  primary key (merge_id, message_id)
) without rowid;
create index merged_messages_by_message on merged_messages (message_id);

create table ticket_participants (
  ticket_id text not null references tickets (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  merge_id text not null references ticket_merges (id) on delete cascade,
  primary key (ticket_id, user_id, merge_id)
) without rowid;
create index ticket_participants_by_user on ticket_participants (user_id, ticket_id);
create index ticket_participants_by_merge on ticket_participants (merge_id);

create table ticket_links (
  from_id text not null references tickets (id) on delete cascade,
  to_id text not null references tickets (id) on delete cascade,
  kind text not null,
  created_at integer not null,
  primary key (from_id, to_id, kind)
) without rowid;
create index ticket_links_to on ticket_links (to_id, kind);

create table ticket_trackers (
  ticket_id text not null references tickets (id) on delete cascade,
  reference text not null,
  url text,
  created_at integer not null,
  primary key (ticket_id, reference)
) without rowid;
create index ticket_trackers_by_reference on ticket_trackers (reference, ticket_id);

create table sides (
  id text primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  subject text not null,
  last_message_at integer not null,
  created_at integer not null
);
create index sides_of_ticket on sides (ticket_id, created_at, id);

create table side_members (
  id text primary key,
  side_id text not null references sides (id) on delete cascade,
  user_id text references users (id) on delete cascade,
  email text,
  name text not null,
  locale text not null default 'en',
  key_hash text unique,
  created_at integer not null
);
create index side_members_of_side on side_members (side_id, created_at, id);
create index side_members_by_user on side_members (user_id) where user_id is not null;

create table side_messages (
  id text primary key,
  side_id text not null references sides (id) on delete cascade,
  author_id text not null references side_members (id) on delete cascade,
  body text not null,
  html text,
  renderer integer not null default 0,
  created_at integer not null
);
create index side_messages_in_time on side_messages (side_id, created_at, id);
create index side_messages_by_author on side_messages (author_id);
