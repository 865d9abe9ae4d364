/** How figures and strangers' characters look, whatever they are written into. */
@NullMarked
package dev.offshoot.reporter.text;

import org.jspecify.annotations.NullMarked;
