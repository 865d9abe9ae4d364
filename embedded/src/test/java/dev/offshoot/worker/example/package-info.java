/** The worker that the README shows. */
@NullMarked
package dev.offshoot.worker.example;

import org.jspecify.annotations.NullMarked;
