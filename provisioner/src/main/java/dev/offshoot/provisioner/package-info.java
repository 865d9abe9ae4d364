/**
 * The provisioner: the only one who creates and destroys. {@link dev.offshoot.provisioner.ProvisionerWorker} turns
 * requests into decisions ({@link dev.offshoot.provisioner.Decisions}, pure) and brings them about in the stores; the
 * intent is always published before the first effect.
 */
@NullMarked
package dev.offshoot.provisioner;

import org.jspecify.annotations.NullMarked;
