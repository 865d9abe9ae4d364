@NullMarked
package dev.offshoot.provisioner.store;

import org.jspecify.annotations.NullMarked;
