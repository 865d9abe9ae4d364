package dev.offshoot.evidence;

import java.util.Optional;

/**
 * How large a relation was: of a table its rows with what is stored out of line, without indexes.
 *
 * @param before bytes; empty when the statement made it
 * @param after bytes; empty when the statement dropped it
 * @param rows before it, as the planner estimates; empty when it was never analysed
 */
public record RelationSize(Relation relation, Optional<Long> before, Optional<Long> after, Optional<Long> rows, Method method) {}
