-- Imported answers to how content somebody is have a scale too, as ratings of tickets do.
update feedback set scale = (select s.scale from survey_answers s where s.id = feedback.source_id) where source = 'survey' and number is null and scale is null and title = 'CSAT';
