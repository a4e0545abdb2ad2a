-- What articles and topics mean, as vectors of one model: signs has one bit a number, to be compared first, vector one byte. Of a text that its model does
-- not take size is 0, and both are empty.
create table meanings (
  document_id integer primary key,
  model text not null,
  size integer not null,
  signs blob not null,
  vector blob not null
);
create index meanings_by_model on meanings (model, size, document_id, signs);

-- A vector goes with its text, when that is changed, taken away or hidden.
create trigger search_documents_means_nothing after delete on search_documents begin
  delete from meanings where document_id = old.id;
end;
create trigger search_documents_means_other after update of title, text on search_documents when old.title <> new.title or old.text <> new.text begin
  delete from meanings where document_id = old.id;
end;
create trigger topics_mean_nothing after update of hidden_at on topics when new.hidden_at is not null begin
  delete from meanings where document_id = (select id from search_documents where type = 'topic' and ref_id = new.id);
end;
create trigger posts_mean_nothing after update of hidden_at on posts when new.hidden_at is not null and new.number = 1 begin
  delete from meanings where document_id = (select id from search_documents where type = 'topic' and ref_id = new.topic_id);
end;
