/**
 * What of a branch's own Flyway configuration is not heeded, so that its developers are told: files where Flyway would look, read as text
 * and compared with what the operator has set. Nothing here acts on what it reads; keys are those of Flyway's reference, "Configuration".
 */
@NullMarked
package dev.offshoot.reporter.configuration;

import org.jspecify.annotations.NullMarked;
