/** Epochs: a template is written from Staging, seeded, masked, measured and published; beside it stands its reference. */
@NullMarked
package dev.offshoot.provisioner.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
