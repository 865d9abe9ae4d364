SET lock_timeout = '1s';
VACUUM t; --! ban-nontransactional-in-transaction
REINDEX SCHEMA CONCURRENTLY public; --! ban-nontransactional-in-transaction ban-concurrent-index-creation-in-transaction
