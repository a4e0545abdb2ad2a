-- How a problem that people report in the community stands: nothing said yet, known, or fixed.
alter table topics add column problem_state text check (problem_state in ('known', 'fixed'));
drop index topics_unsolved;
drop index topics_unsolved_in_category;
create index topics_unsolved on topics (last_post_at, id) where accepted_post_id is null and kind in ('question', 'problem') and problem_state is not 'fixed';
create index topics_unsolved_in_category on topics (category_id, last_post_at, id) where accepted_post_id is null and kind in ('question', 'problem') and problem_state is not 'fixed';
