/**
 * Reads migrations and says what is risky about them, before they run: a pure function from scripts to findings.
 *
 * <p>{@link dev.offshoot.reporter.lint.Lint} is the way in; {@link dev.offshoot.reporter.lint.Rules} is the table of all
 * rules, in the order of {@code docs/lint.md}. Where a rule is one of squawk's it has squawk's name, so that people can
 * look it up. What rules cannot know (how big a table is, how long a lock is held) comes from the measured run, and
 * joins a finding by script, statement and line.
 */
@NullMarked
package dev.offshoot.reporter.lint;

import org.jspecify.annotations.NullMarked;
