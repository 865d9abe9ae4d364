--! PASS
--! why: BEFORE says where
--! together: good-2
ALTER TYPE order_status ADD VALUE 'pending' BEFORE 'approved';
