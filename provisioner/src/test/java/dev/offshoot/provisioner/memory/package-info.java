@NullMarked
package dev.offshoot.provisioner.memory;

import org.jspecify.annotations.NullMarked;
