--! PASS
--! why: BEFORE says where
ALTER TYPE order_status ADD VALUE 'pending' BEFORE 'approved';
