-- What was said at one moment stands in the order in which it came: the row's own number, which every index ends in anyway. An index that ends in a
-- text takes twice as long to write, and most of an import went into these. What one person of an account said is found by the person.
drop index feedback_of_account;
drop index feedback_of_account_by_source;
drop index feedback_of_account_by_person;
drop index feedback_latest;
drop index feedback_of_person;
drop index feedback_by_source;
create index feedback_of_account on feedback (account_id, said_at);
create index feedback_of_account_by_source on feedback (account_id, source, said_at);
create index feedback_latest on feedback (said_at);
create index feedback_of_person on feedback (person_id, said_at);
create index feedback_by_source on feedback (source, said_at);
create index feedback_of_person_by_source on feedback (person_id, source, said_at);
