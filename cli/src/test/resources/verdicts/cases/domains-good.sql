--! PASS
--! why: no constraint is added
--! together: good-1
CREATE DOMAIN anything AS bigint;
ALTER DOMAIN amount SET DEFAULT 1;
