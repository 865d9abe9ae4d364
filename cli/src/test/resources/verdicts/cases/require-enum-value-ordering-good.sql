--! PASS
--! why: BEFORE says where
--! together: good
ALTER TYPE order_status ADD VALUE 'pending' BEFORE 'approved';
