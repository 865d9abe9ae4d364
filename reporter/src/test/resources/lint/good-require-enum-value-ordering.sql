ALTER TYPE status ADD VALUE 'pending_review' BEFORE 'approved';
ALTER TYPE status ADD VALUE IF NOT EXISTS 'seen' AFTER 'submitted';
