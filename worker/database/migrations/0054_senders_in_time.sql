-- The latest tickets of an address are looked for too: with a provider for all those of its domain say nothing of one sender.
drop index if exists ticket_senders_by_address;
create index if not exists ticket_senders_by_address on ticket_senders (address, at);
