CREATE TABLE table_very_long_very_long_very_long_very_long_very_long_very_long ( --! identifier-too-long identifier-too-long
  column_very_long_very_long_very_long_very_long_very_long_very_long bigint
);
ALTER TABLE "ääääääääääääääääääääääääääääääää" RENAME CONSTRAINT a TO b; --! identifier-too-long require-lock-timeout
