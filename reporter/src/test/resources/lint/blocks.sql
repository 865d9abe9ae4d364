DO $$
BEGIN --! @1 ban-drop-table dynamic-sql require-lock-timeout
  IF EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'x') THEN
    DROP TABLE x;
  END IF;
  EXECUTE 'DROP TABLE ' || quote_ident('y');
END $$;
DO LANGUAGE plpython3u 'print(1)'; --! dynamic-sql
DO 'BEGIN PERFORM 1; END';
