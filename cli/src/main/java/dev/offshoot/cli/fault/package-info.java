/** Where workers can be made to die, read from the compiled program itself. */
@NullMarked
package dev.offshoot.cli.fault;

import org.jspecify.annotations.NullMarked;
