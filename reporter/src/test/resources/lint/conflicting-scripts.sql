-- One branch renames what the other drops: each is said by itself.
SET lock_timeout = '1s';
ALTER TABLE orders RENAME COLUMN price TO amount; --! renaming-column
ALTER TABLE orders DROP COLUMN amount; --! ban-drop-column
