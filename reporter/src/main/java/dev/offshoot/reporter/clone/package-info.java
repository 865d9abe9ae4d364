/**
 * What the databases themselves tell: how their schemas differ, how large they are, what constraints they have. Read as
 * the environment's own weak role, never as an administrator, whom a view of the branch could make its own.
 */
@NullMarked
package dev.offshoot.reporter.clone;

import org.jspecify.annotations.NullMarked;
