/**
 * What a store must be able to do to be part of an environment. Two ports: {@link
 * dev.offshoot.provisioner.store.Store} holds the environments' own resources, {@link
 * dev.offshoot.provisioner.store.EpochSource} takes the snapshots they are cloned from.
 *
 * <p>Every effect is idempotent on a deterministic name and starts by looking at the world. What goes wrong is a
 * {@link dev.offshoot.worker.Failure}, classified by the implementation.
 */
@NullMarked
package dev.offshoot.provisioner.store;

import org.jspecify.annotations.NullMarked;
