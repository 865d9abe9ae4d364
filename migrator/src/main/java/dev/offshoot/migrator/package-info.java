/**
 * Brings an environment's database to a pushed commit: fetches the commit's migrations and applies them with Flyway as
 * the environment's own role. Everything from the branch is untrusted: only allow-listed regular SQL files reach
 * Flyway, nothing runs as an administrator, and a run is ended from outside at its deadline.
 */
@NullMarked
package dev.offshoot.migrator;

import org.jspecify.annotations.NullMarked;
