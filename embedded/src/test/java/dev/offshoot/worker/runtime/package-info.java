/** Tests of the worker runtime on a real broker. They stand in this module because the embedded servers need {@code common}. */
@NullMarked
package dev.offshoot.worker.runtime;

import org.jspecify.annotations.NullMarked;
