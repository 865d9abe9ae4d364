SET lock_timeout = '1s';
/* a /* nested ; DROP TABLE never; */ still a comment ; DROP TABLE never; */ DROP TABLE a; --! ban-drop-table
-- DROP TABLE never;
DROP /* ; */ TABLE -- ;
  b; --! @4 ban-drop-table
