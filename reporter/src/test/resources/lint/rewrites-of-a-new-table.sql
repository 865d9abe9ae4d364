-- What was created in the same scripts is empty or small: nothing waits for it.
CREATE TABLE fresh (id bigint, name text);
ALTER TABLE fresh ADD PRIMARY KEY (id);
ALTER TABLE fresh ADD CONSTRAINT u UNIQUE (name);
ALTER TABLE fresh ADD COLUMN r numeric DEFAULT random();
ALTER TABLE fresh ALTER COLUMN name TYPE varchar;
ALTER TABLE fresh ALTER COLUMN name SET NOT NULL;
ALTER TABLE fresh ADD CONSTRAINT fk FOREIGN KEY (id) REFERENCES old (id);
CREATE INDEX ON fresh (name);
UPDATE fresh SET name = 'x';
