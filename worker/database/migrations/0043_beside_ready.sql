-- What may help with a ticket, the most alike first: ids of documents and macros, numbers of tickets. Looked for again when due; never when null.
alter table ticket_words add column beside text not null default '{}';
alter table ticket_words add column due_at integer default 0;
create index ticket_words_due on ticket_words (due_at, number desc) where due_at is not null;
