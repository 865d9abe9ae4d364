@NullMarked
package dev.offshoot.provisioner;

import org.jspecify.annotations.NullMarked;
