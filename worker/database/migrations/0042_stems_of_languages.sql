-- Texts in Russian, and in German, French, Spanish and their kin, are put into the index anew, by the stems that their words have now.
delete from search_index where rowid in (select id from search_documents where title || text glob '*[À-ɏЀ-ӿ]*');
insert or ignore into tickets_to_find (ticket_id) select id from tickets where subject glob '*[Ѐ-ӿ]*' or exists (select 1 from ticket_messages m where m.ticket_id = tickets.id and m.body glob '*[Ѐ-ӿ]*');
