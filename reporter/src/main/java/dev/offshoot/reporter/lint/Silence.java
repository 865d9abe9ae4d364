package dev.offshoot.reporter.lint;

/** That the author of a script has looked at a finding and lets it stand; reports show it with the reason. */
public record Silence(String reason) {}
