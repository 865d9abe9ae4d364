@NullMarked
package dev.offshoot.provisioner.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
