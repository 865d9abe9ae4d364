@NullMarked
package dev.offshoot.provisioner.postgres.server;

import org.jspecify.annotations.NullMarked;
