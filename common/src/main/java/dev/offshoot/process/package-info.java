/**
 * Child processes and the ports they listen on.
 *
 * <p>Law: a child started here ends when this process ends, however it ends (on Linux with {@code setpriv}); elsewhere
 * it ends when this process ends in order. Only what a {@link dev.offshoot.process.FreeStarter} starts goes on. A child
 * sees none of this process's environment variables but {@code PATH}: they may hold secrets.
 */
@NullMarked
package dev.offshoot.process;

import org.jspecify.annotations.NullMarked;
