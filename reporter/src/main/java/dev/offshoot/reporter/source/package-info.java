/** The migrations as they stand in git: at the pushed commit, and where Staging is deployed from. */
@NullMarked
package dev.offshoot.reporter.source;

import org.jspecify.annotations.NullMarked;
