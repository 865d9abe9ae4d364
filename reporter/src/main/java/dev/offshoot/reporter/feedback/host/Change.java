package dev.offshoot.reporter.feedback.host;

/**
 * A pull or merge request.
 *
 * @param number as people call it
 */
public record Change(long number, boolean open) {}
