-- It fails half way by leaving an invalid index behind.
CREATE INDEX CONCURRENTLY email_idx ON app_user (email); --! prefer-robust-stmts
