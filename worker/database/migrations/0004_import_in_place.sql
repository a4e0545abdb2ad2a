drop index posts_unplaced;
drop index messages_unplaced;
drop index search_documents_nowhere;
create index articles_stale on articles (renderer, id);
