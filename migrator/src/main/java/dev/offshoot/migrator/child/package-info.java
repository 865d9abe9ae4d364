/**
 * A JVM of its own for runs of migrations, with nothing in it but what the run needs: no environment variable, no file, a limit of memory, and an
 * end from outside. Parent and child speak in frames over the child's standard input and output; the child's end of input is its end.
 *
 * <p>Law: a child works for one repository, and after a run that did not end well it is gone. What it says is bounded before it is read. Whatever becomes of it is told as
 * {@link dev.offshoot.migrator.child.ChildEnded}, and never waits: it can be killed at any time.
 */
@NullMarked
package dev.offshoot.migrator.child;

import org.jspecify.annotations.NullMarked;
