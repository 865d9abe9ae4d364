/** What is kept of an environment's database: renamed away, or archived and proved by a restore; and restored as the next incarnation. */
@NullMarked
package dev.offshoot.provisioner.postgres.backup;

import org.jspecify.annotations.NullMarked;
