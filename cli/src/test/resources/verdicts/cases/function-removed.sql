--! NEEDS_DBA object-removed
--! why: no rule is about functions; the comparison sees that it is gone
--! says: order_count
DROP FUNCTION order_count();
