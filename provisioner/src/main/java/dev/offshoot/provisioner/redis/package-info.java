/**
 * Environments' Redis: a server process of its own, or a user and a key prefix on a shared server. Both start empty.
 */
@NullMarked
package dev.offshoot.provisioner.redis;

import org.jspecify.annotations.NullMarked;
