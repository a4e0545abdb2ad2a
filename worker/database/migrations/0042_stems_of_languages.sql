-- What is not all English is put into the indexes anew, by the stems that words of Greek, Russian, German, French, Spanish and their kin have now:
-- topics, posts and articles right after the migrations, tickets and macros by the clock.
delete from search_index where rowid in (select id from search_documents where title || text glob '*[À-ӿἀ-῿]*');
insert or ignore into tickets_to_find (ticket_id) select id from tickets where subject glob '*[Ͱ-ӿἀ-῿]*' or exists (select 1 from ticket_messages m where m.ticket_id = tickets.id and m.body glob '*[Ͱ-ӿἀ-῿]*');
delete from macro_words where macro_id in (select id from macros where name || texts glob '*[Ͱ-ӿἀ-῿]*');
