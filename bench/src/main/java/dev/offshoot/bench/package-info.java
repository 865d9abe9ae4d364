/** Measurements, side by side with the plain way of doing the same. */
@NullMarked
package dev.offshoot.bench;

import org.jspecify.annotations.NullMarked;
