ALTER TYPE status ADD VALUE 'pending_review'; --! require-enum-value-ordering
