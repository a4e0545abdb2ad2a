-- What was voted for most in a category, ever and of each day; most topics nobody votes for.

create index topics_top_in_category on topics (category_id, likes, id) where likes > 0;
create index topics_top_of_day_in_category on topics (category_id, created_at / 86400000, likes, id) where likes > 0;

-- What somebody looked after and is done.

create index assignments_done_by_person on assignments (user_id, assigned_at, topic_id) where status = 'done';
create index assignments_done_by_group on assignments (group_id, assigned_at, topic_id) where status = 'done';
