/**
 * Every sentence the system can say: requests (what should happen) and lifecycle events (what has happened). Pure data.
 */
@NullMarked
package dev.offshoot.event;

import org.jspecify.annotations.NullMarked;
