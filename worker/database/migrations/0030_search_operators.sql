-- Topics by when they were opened, alone and in a category: what search lists where it is asked for operators only.
create index topics_by_age on topics (created_at, id);
create index topics_by_age_in_category on topics (category_id, created_at, id);
