-- What a scanner said of the bytes of a file: unscanned (nobody was asked), waiting, clean, infected, or failed (given up). A copy of a file has the verdict
-- of its bytes. scan_after is when it is asked next, scans how often it was.
alter table attachments add column verdict text not null default 'unscanned';
alter table attachments add column finding text;
alter table attachments add column scan_after integer not null default 0;
alter table attachments add column scans integer not null default 0;
create index attachments_by_verdict on attachments (verdict, scan_after);
