-- The book of business of one CSM, in each of its orders; who never spoke counts as the longest silent.
create index accounts_by_arr_of_csm on accounts (csm_id, arr, id);
create index accounts_by_name_of_csm on accounts (csm_id, name collate nocase, id);
create index accounts_by_word on accounts (coalesce(last_word_at, 0), id);
create index accounts_by_word_of_csm on accounts (csm_id, coalesce(last_word_at, 0), id);
drop index accounts_by_last_word;

-- Tickets as records: those of one status, newest first.
create index tickets_newest_of_status on tickets (status, number);
