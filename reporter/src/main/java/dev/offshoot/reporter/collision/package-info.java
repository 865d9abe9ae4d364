/** Which open branches of a repository are in each other's way: pure functions over the state. */
@NullMarked
package dev.offshoot.reporter.collision;

import org.jspecify.annotations.NullMarked;
