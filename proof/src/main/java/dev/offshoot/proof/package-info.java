/**
 * The proof that nothing is lost, leaked, made or destroyed twice, whatever dies: drives the real system as separate processes, breaks it
 * at every fault point and in other ways, and asks an independent checker what came out.
 */
@NullMarked
package dev.offshoot.proof;

import org.jspecify.annotations.NullMarked;
