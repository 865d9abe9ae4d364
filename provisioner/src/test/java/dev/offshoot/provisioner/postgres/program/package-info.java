@NullMarked
package dev.offshoot.provisioner.postgres.program;

import org.jspecify.annotations.NullMarked;
