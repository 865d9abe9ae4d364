/**
 * What a process says of itself to whoever runs it: metrics, whether it lives, whether it is ready. It says so on a port that is off
 * unless configured and on loopback unless configured otherwise. Law: no branch, environment id or commit is ever a metric's tag.
 */
@NullMarked
package dev.offshoot.management;

import org.jspecify.annotations.NullMarked;
