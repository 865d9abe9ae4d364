--! PASS
--! why: a push that adds no migration changes nothing
--! file: README.md
Nothing.
