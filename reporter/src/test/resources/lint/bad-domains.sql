CREATE DOMAIN positive AS bigint CHECK (VALUE > 0); --! ban-create-domain-with-constraint
ALTER DOMAIN amount ADD CONSTRAINT limited CHECK (VALUE < 100); --! ban-alter-domain-with-add-constraint
