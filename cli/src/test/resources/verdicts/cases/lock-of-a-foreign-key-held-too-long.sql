--! NEEDS_DBA lock-blocks-writes
--! why: a new table's foreign key takes SHARE ROW EXCLUSIVE on the table it refers to; the new table itself does not count
--! says: SHARE ROW EXCLUSIVE on public.people
SET lock_timeout = '10s';
CREATE TABLE letters (id bigint PRIMARY KEY, person_id bigint REFERENCES people (id));
SELECT pg_sleep(4);
