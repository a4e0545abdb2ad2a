create table handovers (
  topic_id text not null references topics (id) on delete cascade,
  ticket_id text not null references tickets (id) on delete cascade,
  post_id text references posts (id) on delete set null,
  kind text not null,
  created_at integer not null,
  primary key (topic_id, ticket_id)
) without rowid;
create index handovers_of_ticket on handovers (ticket_id);
create unique index handovers_taken_once on handovers (post_id) where kind = 'taken';
create unique index handovers_published_once on handovers (ticket_id) where kind = 'published';
