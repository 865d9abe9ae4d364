--! PASS
--! why: what failed was rolled back and never applied, so its repaired form is simply run
--! rebuilt: no
CREATE TABEL repaired (id bigint);
--! then:
CREATE TABLE repaired (id bigint);
