/** Clones of an epoch: how they are made and compared with it, those that stand ready, and how an environment takes one. */
@NullMarked
package dev.offshoot.provisioner.postgres.pool;

import org.jspecify.annotations.NullMarked;
