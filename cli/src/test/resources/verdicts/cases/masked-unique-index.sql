--! NEEDS_DBA masked-constraint not-transactional
--! why: masked addresses may be all different where the real ones are not
--! says: one_email
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_email ON people (email);
