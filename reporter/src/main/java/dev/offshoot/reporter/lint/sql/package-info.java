/**
 * Reads PostgreSQL scripts: cuts them into statements as the server's own scanner would, parses each with pgCodeKeeper's
 * grammar, and says what a statement does in records that know no parser.
 *
 * <p>A script comes from a branch and is hostile: reading one is bounded in depth, in work and in what is kept, and what
 * cannot be read is {@link dev.offshoot.reporter.lint.sql.Statement.Unread}, never an exception and never left out.
 */
@NullMarked
package dev.offshoot.reporter.lint.sql;

import org.jspecify.annotations.NullMarked;
