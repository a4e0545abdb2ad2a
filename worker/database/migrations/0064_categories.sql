-- A new category has no topics yet, and one that has some cannot be taken out: neither changes what any page of a topic or a ticket says.

drop trigger if exists marks_new_category;

drop trigger if exists marks_lost_category;
