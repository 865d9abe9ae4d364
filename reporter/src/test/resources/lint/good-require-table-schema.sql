-- with: also=require-table-schema
SET lock_timeout = '1s';
CREATE TABLE public.posts (id bigint);
ALTER TABLE posts.posts ADD COLUMN name text;
CREATE TABLE public.more AS SELECT 1 AS one;
CREATE TEMP TABLE mine (id bigint);
