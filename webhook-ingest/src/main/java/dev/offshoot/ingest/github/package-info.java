/** What GitHub sends. */
@NullMarked
package dev.offshoot.ingest.github;

import org.jspecify.annotations.NullMarked;
