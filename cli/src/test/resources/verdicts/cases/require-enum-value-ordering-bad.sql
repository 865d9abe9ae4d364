--! PASS lint/require-enum-value-ordering
--! why: it warns; since PostgreSQL 12 it may be in a transaction
--! together: warned
ALTER TYPE order_status ADD VALUE 'pending';
