drop table search_index;

create virtual table search_index using fts5 (
  body,
  content='', contentless_delete=1,
  tokenize='ascii'
);

create virtual table search_titles using fts5 (
  title, tags,
  content='', contentless_delete=1,
  tokenize='ascii'
);

create trigger search_documents_gone after delete on search_documents begin
  delete from search_index where rowid = old.id;
  delete from search_titles where rowid = old.id;
end;
