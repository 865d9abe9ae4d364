--! NEEDS_DBA lint/ban-create-domain-with-constraint lint/ban-alter-domain-with-add-constraint
--! why: one rule warns, the other needs a DBA; no invoice is due more than 2,000
--! together: risky-2
CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);
ALTER DOMAIN amount ADD CONSTRAINT limited CHECK (VALUE < 100000);
