/** Credentials of environments: derived, never stored. */
@NullMarked
package dev.offshoot.credential;

import org.jspecify.annotations.NullMarked;
