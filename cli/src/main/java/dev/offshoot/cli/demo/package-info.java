/** The demo: a small shop with a repository of its own, and the team that pushes to it. */
@NullMarked
package dev.offshoot.cli.demo;

import org.jspecify.annotations.NullMarked;
