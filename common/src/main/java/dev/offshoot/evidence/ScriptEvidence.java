package dev.offshoot.evidence;

import java.util.Optional;

/**
 * One migration file that was started.
 *
 * @param version empty for a repeatable migration
 * @param inTransaction whether all of it ran in one transaction
 * @param walBytes written by the server while it ran
 * @param tempBytes spilled to temporary files
 */
public record ScriptEvidence(
    String script, String version, boolean inTransaction, Span span, Optional<Amount> walBytes, Optional<Amount> tempBytes) {}
