@NullMarked
package dev.offshoot.provisioner.redis;

import org.jspecify.annotations.NullMarked;
