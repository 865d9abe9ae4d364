--! NEEDS_DBA lint/transaction-nesting
--! why: inside Flyway's transaction BEGIN begins nothing (PostgreSQL warns), so nothing is left open, and Flyway commits
--! measured 2: ACCESS EXCLUSIVE public.begun
BEGIN;
CREATE TABLE begun (id bigint);
