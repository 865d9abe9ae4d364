--! PASS
--! why: no constraint is added
CREATE DOMAIN anything AS bigint;
ALTER DOMAIN amount SET DEFAULT 1;
