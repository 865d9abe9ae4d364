/** The whole system on one machine: embedded servers, the five workers, and the folder that keeps all of it. */
@NullMarked
package dev.offshoot.cli.system;

import org.jspecify.annotations.NullMarked;
