package dev.offshoot.reporter.model;

/**
 * How a static environment's schema differs from what it should be.
 *
 * @param comparison what was compared with what
 */
public record Drift(String comparison, SchemaDifference difference) {}
