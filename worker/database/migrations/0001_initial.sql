create table settings (
  key text primary key,
  value text not null
);

create table outbox (
  id text primary key,
  type text not null,
  subject text not null,
  revision integer not null,
  actor_id text,
  data text not null,
  created_at integer not null,
  delivered_at integer
);
create unique index outbox_one_writer on outbox (subject, revision);
create index outbox_pending on outbox (created_at) where delivered_at is null;

create table once (
  key text primary key,
  result text not null,
  created_at integer not null
);
create index once_by_age on once (created_at);

create table accounts (
  id text primary key,
  name text not null,
  domains text not null default '[]',
  arr integer not null default 0,
  currency text not null default 'EUR',
  plan text,
  renews_on text,
  csm_id text references users (id),
  last_word_at integer,
  created_at integer not null,
  import_id text
);
create index accounts_by_renewal on accounts (renews_on, id);
create index accounts_by_arr on accounts (arr, id);
create index accounts_by_name on accounts (name collate nocase, id);
create index accounts_by_csm on accounts (csm_id, renews_on, id);
create index accounts_by_last_word on accounts (last_word_at, id);
create unique index accounts_by_import on accounts (import_id);

create table users (
  id text primary key,
  email text not null unique,
  name text not null,
  handle text not null unique,
  role text not null default 'customer',
  account_id text references accounts (id),
  account_role text not null default 'member',
  locale text not null default 'en',
  time_zone text,
  password_hash text,
  created_at integer not null,
  import_id text
);
create index users_by_account on users (account_id, name, id);
create index users_by_role on users (role, name, id);
create unique index users_by_import on users (import_id);

create table sessions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  expires_at integer not null,
  created_at integer not null
);
create index sessions_by_user on sessions (user_id, expires_at);
create index sessions_by_expiry on sessions (expires_at);

create table tokens (
  id text primary key,
  hash text not null unique,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  scope text not null,
  created_at integer not null,
  expires_at integer,
  last_used_at integer
);
create index tokens_by_user on tokens (user_id, created_at);

create table sign_in_attempts (
  key text not null,
  at integer not null
);
create index sign_in_attempts_by_key on sign_in_attempts (key, at);
create index sign_in_attempts_by_age on sign_in_attempts (at);

create table categories (
  id text primary key,
  slug text not null unique,
  name text not null,
  description text not null default '',
  parent_id text references categories (id),
  position integer not null default 0,
  import_id text
);
create unique index categories_by_import on categories (import_id);
create index categories_by_parent on categories (parent_id);

create table topics (
  id text primary key,
  number integer not null unique,
  slug text not null,
  title text not null,
  kind text not null default 'discussion',
  category_id text not null references categories (id),
  author_id text not null references users (id),
  tags text not null default '[]',
  posts_count integer not null default 0,
  last_post_at integer not null,
  last_author_id text references users (id),
  accepted_post_id text,
  created_at integer not null,
  import_id text
);
create index topics_latest on topics (last_post_at, id);
create index topics_by_category on topics (category_id, last_post_at, id);
create index topics_unanswered on topics (created_at, id) where posts_count = 1 and kind <> 'announcement';
create index topics_unanswered_in_category on topics (category_id, created_at, id) where posts_count = 1 and kind <> 'announcement';
create index topics_by_author on topics (author_id, created_at, id);
create unique index topics_by_import on topics (import_id);

create table topic_tags (
  tag text not null,
  last_post_at integer not null,
  topic_id text not null references topics (id) on delete cascade,
  primary key (tag, topic_id)
) without rowid;
create index topic_tags_latest on topic_tags (tag, last_post_at, topic_id);
create index topic_tags_by_topic on topic_tags (topic_id);

create table posts (
  id text primary key,
  topic_id text not null references topics (id) on delete cascade,
  number integer not null,
  author_id text not null references users (id),
  body text not null,
  html text,
  renderer integer not null default 0,
  created_at integer not null,
  import_id text
);
create unique index posts_of_topic on posts (topic_id, number);
create index posts_by_author on posts (author_id, created_at, id);
create index posts_unplaced on posts (topic_id) where number < 0;
create index posts_stale on posts (renderer, id);
create unique index posts_by_import on posts (import_id);

create table kb_categories (
  slug text not null,
  locale text not null,
  title text not null,
  summary text not null default '',
  icon text not null default 'book',
  position integer not null default 0,
  primary key (slug, locale)
) without rowid;

create table articles (
  id text primary key,
  category text not null,
  slug text not null,
  locale text not null,
  title text not null,
  summary text not null default '',
  body text not null,
  html text,
  renderer integer not null default 0,
  source text not null default 'import',
  position integer not null default 0,
  helpful integer not null default 0,
  unhelpful integer not null default 0,
  updated_at integer not null,
  import_id text
);
create unique index articles_by_path on articles (locale, category, slug);
create index articles_in_order on articles (locale, category, position, slug);
create index articles_by_age on articles (updated_at, id);
create index articles_helpful on articles (locale, helpful, id);
create unique index articles_by_import on articles (import_id);

create table article_votes (
  article_id text not null references articles (id) on delete cascade,
  voter text not null,
  helpful integer not null,
  comment text,
  created_at integer not null,
  primary key (article_id, voter)
) without rowid;

create table tickets (
  id text primary key,
  number integer not null unique,
  requester_id text not null references users (id),
  account_id text references accounts (id),
  subject text not null,
  status text not null default 'new',
  priority text not null default 'normal',
  rank integer not null generated always as (
    case priority when 'urgent' then 4 when 'high' then 3 when 'normal' then 2 else 1 end * 10000000000000 - coalesce(waiting_since, last_message_at)
  ) stored,
  is_open integer not null generated always as (status in ('new', 'open', 'pending', 'on_hold')) stored,
  assignee_id text references users (id),
  tags text not null default '[]',
  messages_count integer not null default 0,
  waiting_since integer,
  last_message_at integer not null,
  solved_at integer,
  created_at integer not null,
  updated_at integer not null,
  import_id text
);
create index tickets_by_requester on tickets (requester_id, updated_at, id);
create index tickets_by_account on tickets (account_id, is_open, updated_at, id);
create index tickets_queue on tickets (is_open, rank, id);
create index tickets_queue_of_assignee on tickets (assignee_id, is_open, rank, id);
create index tickets_by_status on tickets (status, rank, id);
create index tickets_by_status_of_assignee on tickets (assignee_id, status, rank, id);
create unique index tickets_by_import on tickets (import_id);

create table ticket_messages (
  id text primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  number integer not null,
  author_id text not null references users (id),
  visibility text not null default 'public',
  body text not null,
  html text,
  renderer integer not null default 0,
  created_at integer not null,
  import_id text
);
create unique index messages_of_ticket on ticket_messages (ticket_id, number);
create index messages_by_author on ticket_messages (author_id, created_at, id);
create index messages_unplaced on ticket_messages (ticket_id) where number < 0;
create index messages_stale on ticket_messages (renderer, id);
create unique index messages_by_import on ticket_messages (import_id);

create table ideas (
  id text primary key,
  number integer not null unique,
  author_id text not null references users (id),
  title text not null,
  body text not null,
  status text not null default 'open',
  created_at integer not null,
  import_id text
);
create unique index ideas_by_import on ideas (import_id);
create index ideas_by_author on ideas (author_id, created_at, id);

create table votes (
  on_id text not null,
  author_id text not null references users (id),
  primary key (on_id, author_id)
) without rowid;

create table survey_answers (
  id text primary key,
  kind text not null,
  user_id text not null references users (id),
  score integer not null,
  comment text not null default '',
  created_at integer not null,
  import_id text
);
create unique index survey_answers_by_import on survey_answers (import_id);
create index survey_answers_by_user on survey_answers (user_id, created_at, id);

create table feedback (
  id text primary key,
  source text not null,
  source_id text not null,
  number integer,
  place integer,
  title text not null,
  person_id text not null references users (id),
  account_id text references accounts (id),
  text text not null,
  locale text not null default 'en',
  score integer,
  said_at integer not null
);
create unique index feedback_of_source on feedback (source, source_id);
create index feedback_of_account on feedback (account_id, said_at, id);
create index feedback_of_account_by_source on feedback (account_id, source, said_at, id);
create index feedback_of_account_by_person on feedback (account_id, person_id, said_at, id);
create index feedback_latest on feedback (said_at, id);

create table search_documents (
  id integer primary key,
  type text not null,
  ref_id text not null,
  locale text not null default 'en',
  title text not null,
  url text not null,
  text text not null,
  updated_at integer not null
);
create unique index search_documents_of on search_documents (type, ref_id);
create index search_documents_nowhere on search_documents (type, ref_id) where url = '';

create virtual table search_index using fts5 (
  title, tags, body, stems,
  content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2'
);
