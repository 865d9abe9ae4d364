SET lock_timeout = '1s';
TRUNCATE a, b CASCADE; --! ban-truncate-cascade
TRUNCATE TABLE c; --! ban-truncate
