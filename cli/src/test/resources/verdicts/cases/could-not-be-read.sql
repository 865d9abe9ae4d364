--! BLOCKED migration-failed lint/could-not-be-read
--! why: no SQL; the server says 42601
--! fails: 42601
CREATE TABEL wrong (id bigint);
