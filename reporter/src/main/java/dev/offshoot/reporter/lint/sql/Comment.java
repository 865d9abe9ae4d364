package dev.offshoot.reporter.lint.sql;

/** A comment as it stands, with its marks. */
public record Comment(int line, String text) {}
