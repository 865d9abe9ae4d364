/**
 * Copies of each repository's newest snapshot that stand ready for environments, in slots with fixed names: how many, when they
 * are made and when they go. A store that can keep some is a {@link dev.offshoot.provisioner.pool.PoolStore}; how an environment
 * takes one is the store's own.
 */
@NullMarked
package dev.offshoot.provisioner.pool;

import org.jspecify.annotations.NullMarked;
