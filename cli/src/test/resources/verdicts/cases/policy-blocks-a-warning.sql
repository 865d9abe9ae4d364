--! BLOCKED lint/prefer-text-field
--! why: policy: block instead of a warning
--! repository: strict
CREATE TABLE short (name varchar(20));
