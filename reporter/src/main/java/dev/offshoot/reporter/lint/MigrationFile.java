package dev.offshoot.reporter.lint;

/**
 * A script.
 *
 * @param name as people know it: Flyway's script name, or a path
 */
public record MigrationFile(String name, String text) {}
