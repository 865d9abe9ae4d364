--! NEEDS_DBA lint/prefer-repack lint/require-lock-timeout table-rewritten not-transactional
--! why: VACUUM FULL writes the table anew; alone in its script it runs outside a transaction, without a lock_timeout
--! together: risky-2
--! measured 1: outside a transaction
--! measured 1: rewrites public.visits
VACUUM FULL visits;
