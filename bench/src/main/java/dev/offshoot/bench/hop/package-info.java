/** What the worker runtime costs: a worker that does nothing, beside a bare consumer and producer. */
@NullMarked
package dev.offshoot.bench.hop;

import org.jspecify.annotations.NullMarked;
