@NullMarked
package dev.offshoot.provisioner.postgres;

import org.jspecify.annotations.NullMarked;
