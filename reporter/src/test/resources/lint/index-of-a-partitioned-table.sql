-- On the parent alone it is a matter of the catalogue; each partition's index is made concurrently and attached.
SET lock_timeout = '1s';
CREATE INDEX measurements_at ON ONLY measurements (at);
