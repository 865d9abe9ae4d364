--! PASS not-transactional
--! why: plain VACUUM writes nothing anew and goes beside reads and writes
--! together: good-2
--! measured 1: rewrites nothing
VACUUM visits;
