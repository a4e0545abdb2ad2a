-- The articles that helped most, and of those that helped alike the first of the help centre.
drop index articles_helpful;
create index articles_helpful on articles (locale, helpful desc, position, id);
