/** Flyway's own configuration files as a branch may have them, read as text: nothing in them acts on anything here. */
@NullMarked
package dev.offshoot.flyway;

import org.jspecify.annotations.NullMarked;
