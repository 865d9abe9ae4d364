/** Rules that hold over all modules; here because the command line sees them all. */
@NullMarked
package dev.offshoot;

import org.jspecify.annotations.NullMarked;
