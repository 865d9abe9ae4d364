/**
 * The {@code offshoot} command. Exit codes: 0 done, 1 failed, 2 wrong usage. Data goes to stdout, everything else to
 * stderr.
 */
@NullMarked
package dev.offshoot.cli;

import org.jspecify.annotations.NullMarked;
