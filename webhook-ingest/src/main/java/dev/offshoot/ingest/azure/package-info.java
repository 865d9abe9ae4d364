/** What Azure DevOps sends. */
@NullMarked
package dev.offshoot.ingest.azure;

import org.jspecify.annotations.NullMarked;
