CREATE TABLE people (
  id bigint PRIMARY KEY,
  code char(2), --! @1 ban-char-field ban-char-field ban-char-field
  kind character(1),
  other bpchar(3),
  flag "char"
);
