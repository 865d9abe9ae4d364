/** PostgreSQL's own programs: found, of the right version, and run with a deadline and without a secret on the command line. */
@NullMarked
package dev.offshoot.provisioner.postgres.program;

import org.jspecify.annotations.NullMarked;
