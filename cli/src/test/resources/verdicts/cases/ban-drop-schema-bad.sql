--! NEEDS_DBA lint/ban-drop-schema lint/ban-drop-cascade object-removed
--! why: everything in it goes with it
DROP SCHEMA attic CASCADE;
