--! PASS
--! why: no constraint is added
--! together: good
CREATE DOMAIN anything AS bigint;
ALTER DOMAIN amount SET DEFAULT 1;
