@NullMarked
package dev.offshoot.provisioner.postgres.backup;

import org.jspecify.annotations.NullMarked;
