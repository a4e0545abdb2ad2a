-- Two parts of the same size are merged by the clock already, where FTS5 would wait for four (sqlite.org/fts5.html, "usermerge").
insert into search_index (search_index, rank) values ('usermerge', 2);
insert into search_titles (search_titles, rank) values ('usermerge', 2);
insert into ticket_index (ticket_index, rank) values ('usermerge', 2);
insert into ticket_texts (ticket_texts, rank) values ('usermerge', 2);
