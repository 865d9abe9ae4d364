SET lock_timeout = '1s';
SELECT E'\''; DROP TABLE a; --' --! @2 ban-drop-table
SELECT E'\'; DROP TABLE never; --';
SELECT 'it''s; DROP TABLE never;';
SELECT '\'; DROP TABLE b; --' --! @5 ban-drop-table
SELECT U&'d\0061t; DROP TABLE never;';
SELECT $a$ $b$ ; DROP TABLE never; $a$, $$;$$;
SELECT E'a\\'; DROP TABLE c; --' --! @8 ban-drop-table
DROP TABLE "a;b"; --! ban-drop-table
