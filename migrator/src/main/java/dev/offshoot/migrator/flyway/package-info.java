/**
 * What Flyway does to an environment's database, as the environment's own role: settings, the run itself, what the schema history says
 * and what a failure means. Runs in a process of its own ({@code dev.offshoot.migrator.child}), since what a branch's SQL makes the server
 * send can fill any memory.
 *
 * <p>Law: nothing of the branch is a setting, a script, a callback or a file on disk; every session is the environment's role's, and told
 * to a {@link dev.offshoot.migrator.flyway.Witness} before it is used, so that it can be ended from outside.
 */
@NullMarked
package dev.offshoot.migrator.flyway;

import org.jspecify.annotations.NullMarked;
