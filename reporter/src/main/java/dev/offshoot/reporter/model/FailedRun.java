package dev.offshoot.reporter.model;

import java.util.Optional;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.StatementFailure;

/**
 * Why the run stopped.
 *
 * @param statement what was found out of the statement that failed, such as the rows in its way; empty where nothing was
 */
public record FailedRun(MigrationFailure failure, Optional<StatementFailure> statement) {}
