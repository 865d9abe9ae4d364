/** What it costs to measure a run of migrations. */
@NullMarked
package dev.offshoot.bench.watch;

import org.jspecify.annotations.NullMarked;
