/**
 * Finds the rows that made a statement fail, as the environment's own role, after everything was rolled back: how many, and some of their
 * keys, masked. Bounded in time and rows; what cannot be found is said.
 */
@NullMarked
package dev.offshoot.migrator.rows;

import org.jspecify.annotations.NullMarked;
