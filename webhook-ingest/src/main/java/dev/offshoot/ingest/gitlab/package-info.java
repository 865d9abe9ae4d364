/** What GitLab sends. */
@NullMarked
package dev.offshoot.ingest.gitlab;

import org.jspecify.annotations.NullMarked;
