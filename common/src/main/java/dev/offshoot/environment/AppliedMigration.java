package dev.offshoot.environment;

import java.time.Duration;

/**
 * A migration that one run applied.
 *
 * @param version Flyway's version, empty for a repeatable migration
 * @param script the file's name
 */
public record AppliedMigration(String version, String description, String script, Duration took) {}
