package dev.offshoot.reporter.model;

/**
 * What nobody should take the report's silence for.
 *
 * @param id for programs
 * @param what for people
 */
public record NotChecked(String id, String what) {}
