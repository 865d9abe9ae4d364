@NullMarked
package dev.offshoot.provisioner.postgres.pool;

import org.jspecify.annotations.NullMarked;
