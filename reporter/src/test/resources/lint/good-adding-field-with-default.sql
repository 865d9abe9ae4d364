SET lock_timeout = '1s';
ALTER TABLE account ADD COLUMN foo bigint DEFAULT 10;
ALTER TABLE account ADD COLUMN since timestamptz DEFAULT now();
ALTER TABLE account ADD COLUMN on_day date DEFAULT CURRENT_DATE;
ALTER TABLE account ADD COLUMN tags text[] DEFAULT '{}'::text[];
ALTER TABLE account ADD COLUMN ab_group numeric;
ALTER TABLE account ALTER COLUMN ab_group SET DEFAULT random();
ALTER TABLE account ADD COLUMN later bigint GENERATED ALWAYS AS (balance * 2) VIRTUAL;
