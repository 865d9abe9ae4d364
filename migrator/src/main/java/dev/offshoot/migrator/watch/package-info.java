/**
 * Measures a run of migrations while it goes on: the migrating session is asked between two statements, a second session of the same role
 * looks while a statement runs.
 *
 * <p>Laws: measuring changes nothing that a migration could see, and never makes one fail: what cannot be had is a gap with its reason.
 * Its cost is bounded, whatever the migrations are.
 */
@NullMarked
package dev.offshoot.migrator.watch;

import org.jspecify.annotations.NullMarked;
