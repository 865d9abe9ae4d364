/** Strangers' text in Markdown, for all that the reporter shows to people. */
@NullMarked
package dev.offshoot.reporter.markdown;

import org.jspecify.annotations.NullMarked;
