--! BLOCKED migration-failed
--! why: the message is the branch's own text: escaped, without control characters, and no proof of a violated constraint
--! shown as: &lt;script&gt;alert(1)&lt;/script&gt;
--! fails: P0001
DO $$ BEGIN RAISE EXCEPTION E'<script>alert(1)</script> \x1b[31m [x](javascript:alert(2)) @everyone'; END $$;
