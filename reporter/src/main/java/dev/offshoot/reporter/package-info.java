/**
 * Writes the delta report of each migrated push: what was applied, how the schema differs from the snapshot, and what
 * was not checked. One model, rendered as Markdown and as JSON. Whatever a branch has a say in is quoted, never
 * interpreted.
 */
@NullMarked
package dev.offshoot.reporter;

import org.jspecify.annotations.NullMarked;
