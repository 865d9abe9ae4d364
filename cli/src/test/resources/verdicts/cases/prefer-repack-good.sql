--! PASS not-transactional
--! why: plain VACUUM writes nothing anew and goes beside reads and writes
--! together: good
--! measured 1: rewrites nothing
VACUUM visits;
