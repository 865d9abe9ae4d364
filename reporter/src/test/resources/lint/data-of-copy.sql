COPY people (id, name) FROM STDIN;
1	O'Brien; DROP TABLE people;
2	$$ ( /*
\.
DELETE FROM people; --! require-where
