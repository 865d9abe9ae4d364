package dev.offshoot.reporter.lint.sql;

/**
 * A column's type under one name for all its spellings: {@code int4} and {@code int} are {@code integer}.
 *
 * @param sized whether a length or precision is given
 */
public record ColumnType(String name, boolean sized) {}
